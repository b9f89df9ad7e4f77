import { promptTokens, totalTokens } from '@claude-optimizer/protocol';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broughtByTool, contextSteps } from './context-steps.js';
import { costByTool, costByTurn } from './cost-rows.js';
import { readStory } from './story.js';
import { Telling } from './told.fixture.js';

const count = fc.nat({ max: 5_000 });
const tokens = fc.record({
  inputTokens: count,
  outputTokens: count,
  cacheReadTokens: fc.nat({ max: 200_000 }),
  cacheWrite5mTokens: count,
});
const pico = fc.option(fc.nat({ max: 3_000_000_000 }), { nil: null, freq: 6 });
const id = fc.nat({ max: 12 });
const agentId = fc.constantFrom(null, null, 'a1', 'a2');
const toolName = fc.constantFrom('Bash', 'Read', 'Edit');

const step = fc.oneof(
  fc.record({ kind: fc.constant('prompt' as const) }),
  fc.record({ kind: fc.constant('end' as const) }),
  fc.record({ kind: fc.constant('moved' as const), id }),
  fc.record({ kind: fc.constant('tool' as const), name: toolName, agentId }),
  fc.record({ kind: fc.constant('agent' as const), agentId: fc.constantFrom('a1', 'a2') }),
  ...[1, 2, 3].map(() =>
    fc.record({
      ...{ kind: fc.constant('response' as const), id, tokens, pico, agentId },
      aside: fc.boolean(),
      advisor: fc.boolean(),
    }),
  ),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Any order in which a session may be told, its late and corrected responses included. */
const anySession = fc
  .array(fc.tuple(step, fc.nat({ max: 400_000 })), { maxLength: 80 })
  .map((steps) => {
    const told = new Telling().tell(0, { type: 'session:start', project: '/p', visible: true });
    let at = 0;
    for (const [one, pause] of steps) tell(told, one, (at += pause), at);
    return told;
  });

function tell(told: Telling, one: Step, at: number, number: number): void {
  switch (one.kind) {
    case 'prompt':
      told.prompt(at);
      return;
    case 'end':
      told.end(at);
      return;
    case 'moved':
      told.moved(at, `m${String(one.id)}`);
      return;
    case 'tool':
      told.use(at, `t${String(number)}`, one.name, one.agentId).done(at + 5, `t${String(number)}`);
      return;
    case 'agent':
      told.agent(at, one.agentId, null);
      return;
    case 'response': {
      const name = `m${String(one.id)}${one.advisor ? '#advisor0' : ''}`;
      told.response(at, name, one.tokens, one.pico, { agentId: one.agentId, aside: one.aside });
    }
  }
}

const sum = (costs: readonly (number | null)[]) =>
  costs.reduce<number>((all, cost) => all + (cost ?? 0), 0);

describe('the parts of a cost', () => {
  it('add up to the session’s to the micro-dollar, by turn and by tool', () => {
    fc.assert(
      fc.property(anySession, (told) => {
        const story = readStory(told.events);
        const total = told.state?.summary.usage.costMicrodollars ?? 0;
        const byTurn = costByTurn(story);
        const byTool = costByTool(story);
        expect(story.cost ?? 0).toBe(total);
        expect(sum(byTurn.turns.map(({ cost }) => cost)) + byTurn.rest).toBe(total);
        expect(sum(byTool.purposes.map(({ cost }) => cost)) + byTool.rest).toBe(total);
        for (const { share, cost } of byTurn.turns) {
          expect(sum(Object.values(share))).toBe(cost ?? 0);
        }
      }),
    );
  });

  it('have every response and token once, and count what has no price', () => {
    fc.assert(
      fc.property(anySession, (told) => {
        const story = readStory(told.events);
        const summary = told.state?.summary;
        for (const rows of [costByTurn(story).turns, costByTool(story).purposes]) {
          expect(sum(rows.map(({ usage }) => totalTokens(usage)))).toBe(
            summary ? totalTokens(summary.usage) : 0,
          );
          expect(sum(rows.map(({ responses }) => responses.length))).toBe(summary?.usage.messages);
          expect(sum(rows.map(({ unpriced }) => unpriced))).toBe(summary?.unpriced.messages);
        }
      }),
    );
  });

  it('leave nothing over while every price is known and no response moves', () => {
    fc.assert(
      fc.property(anySession, (told) => {
        const isMoved = told.events.some(
          (event) => event.type === 'session:tokens' && event.usage.messages === 0,
        );
        const story = readStory(told.events);
        if (story.unpriced === 0 && !isMoved) expect(story.rest).toBe(0);
      }),
    );
  });
});

describe('the steps of the context', () => {
  it('add up to what stood in front of the model, once and each time', () => {
    fc.assert(
      fc.property(anySession, (told) => {
        const story = readStory(told.events);
        const steps = contextSteps(story);
        const conversed = story.responses.filter(({ part }) => part === 'main' || part === 'agent');
        const last = new Map(conversed.map(({ agentId: thread, front }) => [thread, front]));
        expect(sum(steps.map((one) => one.tokens))).toBe(sum([...last.values()]));
        const sent = sum(conversed.map(({ usage }) => promptTokens(usage)));
        expect(sum(broughtByTool(steps).map((row) => row.sent))).toBe(sent);
      }),
    );
  });
});
