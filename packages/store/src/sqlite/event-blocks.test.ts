import {
  NO_USAGE,
  NOTHING_UNPRICED,
  sessionEventSchema,
  type SessionEvent,
} from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { BLOCK_FORMAT, packEvents, unpackEvents, unpackOfTypes } from './event-blocks.js';

const base = { sessionId: 's', timestamp: 1_000 };
const usage = { ...NO_USAGE, inputTokens: 5, outputTokens: 7, messages: 1, costMicrodollars: 12 };
const tokens = {
  ...{ messageId: 'm', model: 'opus', agentId: null, basis: 'exact' as const, usage },
  ...{ change: usage, totals: { ...usage, cacheReadTokens: 9 }, unpriced: NOTHING_UNPRICED },
  ...{ incomplete: 1, costFraction: -3, context: { tokens: 70, window: null } },
};
const call = { toolUseId: 't', name: 'Bash', label: 'ls', agentId: 'a' };

/** One of each type, and of those that are packed closely with all that may be missing. */
const EVENTS: SessionEvent[] = [
  { type: 'session:start', project: '/p', visible: false },
  { type: 'session:info', title: 'Ünïcode “quotes” 🎉', askedFor: null },
  { type: 'session:turn', phase: 'start', recordId: 'r', prompt: 'ends \0 with NUL' },
  { type: 'session:message', recordId: 'r', agentId: null, text: 'words', closing: false },
  { type: 'session:tool', phase: 'start', ...call },
  { type: 'session:tool', phase: 'start', ...call, file: '/a' },
  { type: 'session:tool', phase: 'end', ...call, outcome: 'error', error: 'no' },
  { type: 'session:tool', phase: 'end', ...call, outcome: 'ok', durationMs: 0, linesAdded: 0 },
  { type: 'session:tokens', ...tokens },
  { type: 'session:tokens', ...tokens, change: NO_USAGE, context: null, sessionBasis: 'unknown' },
  { type: 'session:tokens', ...tokens, usage: { ...usage, costMicrodollars: null } },
  {
    ...{ type: 'session:objective', objectiveId: 'o', text: 'Do it', status: 'pending' },
    ...{ source: 'todo', taskId: null, progress: { completed: 0, total: 1 } },
  },
  {
    ...{ type: 'session:agent', agentId: 'a', toolUseId: null, parentAgentId: null },
    ...{ agentType: null, description: null, prompt: null, status: 'running', agents: 1 },
  },
  { type: 'session:compact', recordId: 'r', trigger: 'auto', preTokens: 9, postTokens: null },
  {
    ...{ type: 'session:error', recordId: 'r', agentId: null, message: 'no', status: 529 },
    fatal: true,
  },
  { type: 'session:budget', budgetMicrodollars: null },
  {
    ...{ type: 'session:complete', recordId: 'r', reason: 'exited' },
    clientCostMicrodollars: null,
  },
].map((said, index) => sessionEventSchema.parse({ ...base, ...said, seq: 40 + index }));

describe('a block of events', () => {
  it('gives back each type to the bit', () => {
    const types = sessionEventSchema.options.map(({ shape }) => shape.type.value);
    expect(new Set(EVENTS.map(({ type }) => type))).toEqual(new Set(types));
    const events = packEvents(EVENTS.map((event) => ({ event, source: null })));
    const block = { sessionId: 's', first: 40, format: BLOCK_FORMAT, events };
    expect(unpackEvents(block)).toEqual(EVENTS);
    const some = EVENTS.filter(({ type }) => type === 'session:tokens' || type === 'session:agent');
    expect(unpackOfTypes(block, new Set(['session:tokens', 'session:agent']))).toEqual(some);
  });

  it('keeps beside each where it comes from', () => {
    const source = { fileId: 7, byteOffset: 512 };
    const event = EVENTS[3] ?? EVENTS[0];
    const packed = event ? packEvents([{ event, source }]) : '';
    expect(JSON.parse(packed)).toEqual([
      ['session:message', 1_000, 7, 512, 'r', null, 'words', false],
    ]);
  });

  it('of a later format is not taken for one of ours', () => {
    const later = { sessionId: 's', first: 1, format: BLOCK_FORMAT + 1, events: '[]' };
    expect(() => unpackEvents(later)).toThrow('unknown format');
  });
});
