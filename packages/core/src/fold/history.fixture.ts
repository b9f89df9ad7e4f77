import {
  addUsage,
  NO_USAGE,
  NOTHING_UNPRICED,
  type SessionEvent,
  type Unnumbered,
  type Usage,
} from '@claude-optimizer/protocol';
import fc from 'fast-check';

/** When the histories here begin. */
export const BEGAN = Date.UTC(2026, 10, 23, 12);

/** What an event says, without where it stands. */
export type Said = Unnumbered extends infer E
  ? E extends Unnumbered
    ? Omit<E, 'sessionId' | 'timestamp'>
    : never
  : never;

export const PROMPT: Said = { type: 'session:turn', phase: 'start', recordId: 'p', prompt: 'Go' };
export const TURN_END: Said = { type: 'session:turn', phase: 'end', recordId: 'e' };

export const usageOf = (outputTokens: number, costMicrodollars: number | null = 0): Usage => ({
  ...NO_USAGE,
  outputTokens,
  messages: 1,
  costMicrodollars,
});

export function tokens(change: Usage, more: { model?: string; agentId?: string } = {}): Said {
  return {
    type: 'session:tokens',
    messageId: 'm',
    model: more.model ?? 'claude-opus-4-5-20251101',
    agentId: more.agentId ?? null,
    basis: 'exact',
    usage: change,
    change,
    totals: change,
    unpriced: NOTHING_UNPRICED,
    incomplete: 0,
    costFraction: 0,
    context: null,
  };
}

/** Events of session `s`, numbered from 1: what each says, and after how many ms. */
export function history(...said: [after: number, said: Said][]): SessionEvent[] {
  let totals = NO_USAGE;
  return said.map(([after, each], index) => {
    const where = { seq: index + 1, sessionId: 's', timestamp: BEGAN + after };
    if (each.type !== 'session:tokens') return { ...where, ...each };
    totals = addUsage(totals, each.change);
    return { ...where, ...each, totals };
  });
}

const START: Said = { type: 'session:start', project: '/p', visible: true };
const id = fc.constantFrom('1', '2', '3', '4');
const agentId = fc.constantFrom(null, null, null, 'use:t1', 'agent-1', 'agent-2');
const name = fc.constantFrom('Bash', 'Edit', 'AskUserQuestion', 'mcp__x__y');

const said: fc.Arbitrary<Said> = fc.oneof(
  fc.constantFrom(PROMPT, TURN_END),
  fc.constant<Said>({ type: 'session:turn', phase: 'interrupted', recordId: 'i' }),
  fc.record({
    type: fc.constant('session:tool' as const),
    phase: fc.constant('start' as const),
    toolUseId: id,
    name,
    agentId,
    label: fc.constant('x'),
  }),
  fc.record({
    type: fc.constant('session:tool' as const),
    phase: fc.constant('end' as const),
    toolUseId: id,
    name,
    agentId,
    label: fc.constant('x'),
    outcome: fc.constantFrom('ok' as const, 'error' as const, 'denied' as const),
    durationMs: fc.nat(5_000),
    file: fc.constantFrom('/p/a', '/p/b'),
    linesAdded: fc.nat(9),
    linesRemoved: fc.nat(9),
  }),
  fc
    .tuple(fc.nat(900), fc.option(fc.nat(90_000)), fc.constantFrom('opus', 'haiku'), agentId)
    .map(([count, cost, model, agent]) =>
      tokens(usageOf(count, cost), { model, ...(agent === null ? {} : { agentId: agent }) }),
    ),
  fc
    .tuple(id, fc.constantFrom('pending', 'in_progress', 'completed', 'removed'))
    .map(([objectiveId, status]): Said => ({
      ...{ type: 'session:objective', objectiveId, text: `Do ${objectiveId}`, status },
      ...{ source: 'todo', taskId: null, progress: { completed: 0, total: 4 } },
    })),
  fc
    .tuple(fc.constantFrom('use:t1', 'agent-1', 'agent-2'), fc.constantFrom(null, 't1', 't2'))
    .map(([agent, toolUseId]): Said => ({
      ...{ type: 'session:agent', agentId: agent, toolUseId, parentAgentId: null },
      ...{ agentType: null, description: null, prompt: null, status: 'running', agents: 1 },
    })),
  fc.constantFrom<Said[]>(
    { type: 'session:message', recordId: 'm', agentId: null, text: 'Well', closing: false },
    { type: 'session:info', title: 'A title' },
    { type: 'session:compact', recordId: 'c', trigger: 'auto', preTokens: 9, postTokens: 2 },
    { type: 'session:budget', budgetMicrodollars: 100_000 },
    ...([true, false] as const).map((fatal): Said => ({
      ...{ type: 'session:error', recordId: 'r', agentId: null, message: 'Overloaded' },
      ...{ status: 529, fatal },
    })),
    { type: 'session:complete', recordId: 'x', reason: 'exited', clientCostMicrodollars: 5 },
  ),
);

/** A session's events: anything may happen, after any silence, and be read later than it did. */
export const histories = (maxLength: number): fc.Arbitrary<SessionEvent[]> =>
  fc
    .array(fc.tuple(fc.oneof(fc.integer({ min: -9_000, max: 90_000 }), fc.nat(9_000_000)), said), {
      maxLength,
      size: 'max',
    })
    .map((all) => {
      let at = 0;
      return history([0, START], ...all.map(([gap, each]): [number, Said] => [(at += gap), each]));
    });
