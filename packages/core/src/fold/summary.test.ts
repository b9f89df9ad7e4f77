import {
  NO_USAGE,
  NOTHING_UNPRICED,
  type SessionEvent,
  type Unnumbered,
} from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { foldSession } from './state.js';

const AT = Date.UTC(2026, 0, 5, 10);
const MINUTE = 60_000;
let seq = 0;
type Said = Unnumbered extends infer E
  ? E extends Unnumbered
    ? Omit<E, 'sessionId' | 'timestamp'>
    : never
  : never;
const event = (after: number, said: Said) => ({
  seq: (seq += 1),
  sessionId: 's',
  timestamp: AT + after,
  ...said,
});
const fold = (...events: SessionEvent[]) => {
  const state = events.reduce<ReturnType<typeof foldSession> | null>(foldSession, null);
  if (state === null) throw new Error('no events');
  return state;
};

const start = event(0, { type: 'session:start', project: '/p', visible: false });
const prompt = (after: number) =>
  event(after, { type: 'session:turn', phase: 'start', recordId: `p${after}`, prompt: 'go' });
const turnEnd = (after: number) =>
  event(after, { type: 'session:turn', phase: 'end', recordId: `e${after}` });
const use = (after: number, id: string, name = 'Bash', agentId: string | null = null) =>
  event(after, { type: 'session:tool', toolUseId: id, name, agentId, phase: 'start', label: id });
const done = (after: number, id: string, more: object = {}) =>
  event(after, {
    type: 'session:tool',
    toolUseId: id,
    name: 'Bash',
    agentId: null,
    phase: 'end',
    label: id,
    outcome: 'ok',
    durationMs: 7,
    ...more,
  });
const exit = (after: number, microdollars: number | null = 5) =>
  event(after, {
    type: 'session:complete',
    recordId: 'x',
    reason: 'exited',
    clientCostMicrodollars: microdollars,
  });
const agent = (
  after: number,
  agentId: string,
  toolUseId: string | null,
  status: 'running' | 'completed' | 'background',
) =>
  event(after, {
    type: 'session:agent',
    agentId,
    toolUseId,
    parentAgentId: null,
    agentType: null,
    description: null,
    prompt: null,
    status,
    agents: 1,
  });
const tokens = (after: number, agentId: string | null, outputTokens: number) => {
  const usage = { ...NO_USAGE, outputTokens, messages: 1, costMicrodollars: outputTokens };
  return event(after, {
    ...{
      type: 'session:tokens',
      messageId: `m${after}`,
      model: 'opus',
      agentId,
      basis: 'exact',
      usage,
    },
    ...{ change: usage, totals: usage, unpriced: NOTHING_UNPRICED, incomplete: 0, costFraction: 0 },
    context: { tokens: 50, window: 200 },
  });
};

describe('phase', () => {
  const phaseOf = (...events: SessionEvent[]) => fold(start, ...events).summary.phase;
  const failed = event(9, {
    type: 'session:error',
    recordId: 'f',
    agentId: null,
    message: 'no',
    status: 404,
    fatal: true,
  });

  it('follows the main thread', () => {
    expect(phaseOf(prompt(1))).toBe('working');
    expect(phaseOf(prompt(1), turnEnd(2))).toBe('turn-ended');
    expect(phaseOf(prompt(1), turnEnd(2), use(3, 't'))).toBe('working');
    expect(phaseOf(prompt(1), turnEnd(2), use(3, 't', 'Bash', 'a1'))).toBe('turn-ended');
    expect(phaseOf(prompt(1), failed)).toBe('failed');
    expect(phaseOf(prompt(1), failed, prompt(10))).toBe('working');
    expect(phaseOf(prompt(1), { ...failed, fatal: false } as SessionEvent)).toBe('working');
  });

  it('of a client that was closed depends on the turn', () => {
    expect(phaseOf(prompt(1), turnEnd(2), exit(3))).toBe('exited');
    expect(phaseOf(prompt(1), exit(3))).toBe('interrupted');
    expect(phaseOf(prompt(1), failed, exit(10))).toBe('failed');
  });
});

describe('open tools', () => {
  it('are closed by their result, the end of the turn, of the agent and of the client', () => {
    const openAfter = (...events: SessionEvent[]) =>
      fold(start, prompt(1), ...events).summary.openTools.map(({ toolUseId }) => toolUseId);
    const two = [use(2, 't1'), use(3, 't2', 'Edit', 'a1')];
    expect(openAfter(...two)).toEqual(['t1', 't2']);
    expect(openAfter(...two, done(4, 't1'))).toEqual(['t2']);
    // A subagent in the background goes on beyond the turn.
    expect(openAfter(...two, turnEnd(4))).toEqual(['t2']);
    expect(openAfter(...two, agent(4, 'a1', null, 'running'))).toEqual(['t1', 't2']);
    expect(openAfter(...two, agent(4, 'a1', null, 'completed'))).toEqual(['t1']);
    expect(
      openAfter(...two, event(4, { type: 'session:turn', phase: 'interrupted', recordId: 'i' })),
    ).toEqual([]);
    expect(openAfter(...two, exit(4))).toEqual([]);
  });
});

describe('times', () => {
  it('count a turn as active, but not a long silence in it nor the time between turns', () => {
    const { summary } = fold(
      start,
      prompt(0),
      use(5_000, 't'),
      done(5_000 + 90 * MINUTE, 't'),
      turnEnd(5_000 + 91 * MINUTE),
      prompt(500 * MINUTE),
    );
    expect(summary.activeMs).toBe(5_000 + 30 * MINUTE + MINUTE);
    expect([summary.startedAt, summary.lastAt, summary.mainAt].map((time) => time - AT)).toEqual([
      0,
      500 * MINUTE,
      500 * MINUTE,
    ]);
  });

  it('know earlier signs that come late, and no life in what is only learnt or said', () => {
    const { summary } = fold(
      start,
      prompt(1_000),
      event(-500, {
        type: 'session:message',
        recordId: 'r',
        agentId: 'a',
        text: 'x',
        closing: false,
      }),
      event(99_000, { type: 'session:info', title: 'T' }),
      event(99_000, { type: 'session:budget', budgetMicrodollars: 7 }),
      event(99_000, {
        type: 'session:complete',
        recordId: 'y',
        reason: 'ended',
        clientCostMicrodollars: null,
      }),
    );
    expect([summary.startedAt - AT, summary.lastAt - AT]).toEqual([-500, 1_000]);
    expect(summary).toMatchObject({ title: 'T', budgetMicrodollars: 7, phase: 'ended' });
  });
});

describe('speed', () => {
  it('is kept for the last half hour, in order of time', () => {
    const events = [0, 40, 39, 12, 9, 39].map((minute) =>
      tokens(minute * MINUTE, null, minute + 1),
    );
    const first = AT / MINUTE;
    expect(
      fold(start, ...events).summary.rate.map(({ minute, tokens: n }) => [minute - first, n]),
    ).toEqual([
      [12, 13],
      [39, 80],
      [40, 41],
    ]);
  });
});

describe('subagents', () => {
  it('keep what was known of them under the name of their call', () => {
    const { agents, summary } = fold(
      start,
      agent(10, 'use:t1', 't1', 'running'),
      tokens(20, 'use:t1', 3),
      use(30, 'x', 'Bash', 'use:t1'),
      agent(40, 'a1', 't1', 'background'),
      tokens(50, 'a1', 4),
      agent(60, 'a1', 't1', 'completed'),
      agent(70, 'a1', null, 'running'),
    );
    expect(agents).toHaveLength(1);
    expect(agents[0]).toMatchObject({
      ...{ id: 'a1', toolUseId: 't1', status: 'completed', model: 'opus', tools: 1 },
      ...{ startedAt: AT + 10, lastAt: AT + 70, usage: { outputTokens: 7, messages: 2 } },
    });
    expect(summary.counts).toMatchObject({ agents: 1, tools: 1 });
  });
});

describe('foldSession', () => {
  it('leaves what it was given as it was, and what an event does not touch the same object', () => {
    const before = fold(start, prompt(1), use(2, 't'), agent(3, 'a', null, 'running'));
    const copy = structuredClone(before);
    const after = foldSession(before, tokens(4, null, 5));
    expect(before).toEqual(copy);
    expect(after.tools).toBe(before.tools);
    expect(after.agents).toBe(before.agents);
    expect(after.objectives).toBe(before.objectives);
    expect(after.summary.openTools).toBe(before.summary.openTools);
  });

  it('sums tools and files', () => {
    const { tools, files, summary } = fold(
      start,
      use(1, 't1'),
      done(2, 't1', { file: '/a', linesAdded: 3, linesRemoved: 1 }),
      use(3, 't2'),
      done(4, 't2', { outcome: 'error' }),
      use(5, 't3'),
      done(6, 't3', { outcome: 'denied', durationMs: undefined }),
      use(7, 't4'),
      done(8, 't4', { outcome: 'cancelled', file: '/a' }),
    );
    expect(tools).toEqual([
      {
        name: 'Bash',
        count: 4,
        errors: 1,
        denials: 1,
        durationMs: 21,
        timed: 3,
        linesAdded: 3,
        linesRemoved: 1,
      },
    ]);
    expect(files).toEqual([{ path: '/a', edits: 1, linesAdded: 3, linesRemoved: 1 }]);
    expect(summary.counts).toMatchObject({ tools: 4, toolErrors: 1, denials: 1, linesAdded: 3 });
  });
});
