import {
  decide,
  foldSession,
  initialReaderState,
  readRecord,
  type ReaderState,
} from '@claude-optimizer/core';
import type { SessionState } from '@claude-optimizer/protocol';
import { agenda } from './agenda.js';
import { SeededRandom } from './random.js';
import type { Scenario } from './script.js';
import type { Line } from './writing.js';

/** What a scenario leaves behind: its lines by file, in order, and the other writes. */
export type Performed = {
  sessionId: string;
  files: Map<string, Line[]>;
  /** The lines of one append each, with the time of writing. */
  flushes: { path: string; at: number; lines: readonly Line[] }[];
  metas: Map<string, Line>;
  budgets: number[];
};

/** Performs one scenario from `start` (epoch ms) at the speed of life. */
export function perform(scenario: Scenario, seed: number, start: number): Performed {
  const performed: Performed = {
    sessionId: '',
    files: new Map(),
    flushes: [],
    metas: new Map(),
    budgets: [],
  };
  for (const { at, act, scribe } of agenda([{ at: 0, scenario }], new SeededRandom(seed))) {
    performed.sessionId = scribe.sessionId;
    for (const write of scribe.write(act, start + at)) {
      switch (write.kind) {
        case 'append': {
          const lines = JSON.parse(JSON.stringify(write.lines)) as Line[];
          const file = performed.files.get(write.path) ?? [];
          performed.files.set(write.path, [...file, ...lines]);
          performed.flushes.push({ path: write.path, at: start + at, lines });
          break;
        }
        case 'replace':
          performed.metas.set(write.path, write.content);
          break;
        case 'budget':
          performed.budgets.push(write.microdollars);
          break;
      }
    }
  }
  return performed;
}

/** The session as our own reader and fold see it; usage aside, which needs a ledger. */
export function readBack(performed: Performed): SessionState {
  const readers = new Map<string, ReaderState>();
  let state: SessionState | null = null;
  let seq = 0;
  for (const { path, lines } of performed.flushes) {
    const agentId = /agent-(\w+)\.jsonl$/.exec(path)?.[1] ?? null;
    const reader =
      readers.get(path) ?? initialReaderState(agentId === null ? 'main' : 'agent', agentId, 0);
    readers.set(path, reader);
    for (const [index, line] of lines.entries()) {
      for (const observation of readRecord(reader, line, `${path}#${String(index)}`)) {
        if (observation.kind === 'usage') continue;
        for (const event of decide(performed.sessionId, state, observation)) {
          seq += 1;
          state = foldSession(state, { ...event, seq });
        }
      }
    }
  }
  if (state === null) throw new Error('the scenario says nothing');
  return state;
}
