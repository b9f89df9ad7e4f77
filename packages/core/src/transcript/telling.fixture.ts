import type { SessionEvent, SessionState } from '@claude-optimizer/protocol';
import { decide } from '../decide/decide.js';
import { foldSession } from '../fold/state.js';
import { priceResponse } from '../prices/price-list.js';
import type { Observation, ObservationOf } from './observation.js';
import { parseLine } from './parse-line.js';
import { readRecord } from './read-record.js';
import { initialReaderState, type AgentNote, type FileRole } from './reader-state.js';

/** What a transcript's text tells: each event and use of tokens as one line, and the state. */
export type Telling = { told: string[]; malformed: string[]; state: SessionState | null };

/** Reads a whole file's text as the server does, but for the ledger: each line's usage is told. */
export function tell(
  text: string,
  file: { role?: FileRole; agentId?: string; note?: AgentNote; before?: SessionState | null } = {},
): Telling {
  const { role = 'main', agentId = null, note = null, before = null } = file;
  const reader = initialReaderState(role, agentId, Date.UTC(2025, 0, 1), note);
  const telling: Telling = { told: [], malformed: [], state: before };
  for (const [index, line] of text.split('\n').entries()) {
    const { records, malformed } = parseLine(line);
    if (malformed !== null) telling.malformed.push(`line ${String(index + 1)}: ${malformed}`);
    for (const record of records) {
      for (const observation of readRecord(reader, record, `line:${String(index + 1)}`)) {
        hear(telling, observation);
      }
    }
  }
  return telling;
}

function hear(telling: Telling, observation: Observation): void {
  if (observation.kind === 'usage') {
    telling.told.push(`${clock(observation.at)} ${usageLine(observation)}`);
    return;
  }
  for (const unnumbered of decide('S', telling.state, observation)) {
    const event = { ...unnumbered, seq: telling.told.length + 1 };
    telling.state = foldSession(telling.state, event);
    telling.told.push(`${clock(event.timestamp)} ${eventLine(event)}`);
  }
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}

function usageLine({ use, at }: ObservationOf<'usage'>): string {
  const { inputTokens, outputTokens, cacheWrite5mTokens, cacheWrite1hTokens, cacheReadTokens } =
    use.tokens;
  const { costPicodollars, basis } = priceResponse(use, at);
  const context = use.contextTokens === null ? '' : `, context ${String(use.contextTokens)}`;
  const searches = use.webSearches === 0 ? '' : `, ${String(use.webSearches)} search`;
  return (
    `usage ${use.messageId}/${use.requestId}${by(use.agentId)} ${use.model}: ` +
    `${String(inputTokens)} in, ${String(outputTokens)} out, ${String(cacheWrite5mTokens)} 5m, ` +
    `${String(cacheWrite1hTokens)} 1h, ${String(cacheReadTokens)} read${searches}${context} = ` +
    (costPicodollars === null ? basis : `${String(costPicodollars / 1e6)} µ$ ${basis}`)
  );
}

function eventLine(event: SessionEvent): string {
  const { seq: _seq, sessionId: _id, timestamp: _at, type, ...body } = event;
  const name = type.replace('session:', '');
  const words = Object.entries(body).filter(([, value]) => value !== null);
  return `${name} ${words.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(' ')}`;
}

function by(agentId: string | null): string {
  return agentId === null ? '' : ` by ${agentId}`;
}
