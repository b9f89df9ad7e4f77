import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histories, history, PROMPT, tokens, TURN_END, usageOf } from '../fold/history.fixture.js';
import { MARK_KINDS, marksOf, stepFrom } from './marks.js';

const TOOL = { type: 'session:tool', toolUseId: 't', name: 'Bash', agentId: null } as const;
const OBJECTIVE = {
  type: 'session:objective',
  objectiveId: 'o',
  text: 'Build',
  source: 'todo',
  taskId: null,
  progress: { completed: 0, total: 1 },
} as const;

const events = history(
  [0, PROMPT],
  [1, { ...OBJECTIVE, status: 'pending' }],
  [2, { ...OBJECTIVE, status: 'in_progress' }],
  [3, { ...TOOL, phase: 'end', label: 'x', outcome: 'error', error: 'Exit code 1' }],
  [4, { ...TOOL, phase: 'end', label: 'x', outcome: 'denied' }],
  [5, { type: 'session:budget', budgetMicrodollars: 100 }],
  [6, tokens(usageOf(1, 60))],
  [7, tokens(usageOf(1, 60))],
  [8, tokens(usageOf(1, 60))],
  [9, { type: 'session:compact', recordId: 'c', trigger: 'auto', preTokens: 9, postTokens: 1 }],
  [10, { ...OBJECTIVE, status: 'completed' }],
  [11, TURN_END],
);

describe('marksOf', () => {
  it('marks turns, objectives, errors, compactions, and the budget when it is set and spent', () => {
    expect(marksOf(events).map(({ count, kind, label }) => [count, kind, label])).toEqual([
      [1, 'turn', 'Go'],
      [3, 'objective', 'Begun: Build'],
      [4, 'error', 'Bash: Exit code 1'],
      [6, 'budget', 'Budget set'],
      [8, 'budget', 'Budget spent'],
      [10, 'compaction', 'Conversation compacted (auto)'],
      [11, 'objective', 'Completed: Build'],
    ]);
  });
});

describe('stepFrom', () => {
  const marks = marksOf(events);
  const step = (count: number, kind: Parameters<typeof stepFrom>[0]['kind'], direction: 1 | -1) =>
    stepFrom({ marks, length: events.length, count, kind, direction });

  it('goes to the next or the last one of its kind, and nowhere past the ends', () => {
    expect([step(1, 'event', 1), step(1, 'event', -1), step(12, 'event', 1)]).toEqual([
      2,
      null,
      null,
    ]);
    expect([step(1, 'objective', 1), step(3, 'objective', 1), step(11, 'objective', 1)]).toEqual([
      3,
      11,
      null,
    ]);
    expect([step(12, 'turn', -1), step(1, 'turn', -1), step(12, 'error', -1)]).toEqual([
      1,
      null,
      4,
    ]);
  });

  it('comes by every mark of a kind, in both directions', () => {
    fc.assert(
      fc.property(histories(80), fc.constantFrom(...MARK_KINDS), (all, kind) => {
        const found = marksOf(all);
        const wanted = found.filter((mark) => mark.kind === kind).map(({ count }) => count);
        const walk = (from: number, direction: 1 | -1): number[] => {
          const next = stepFrom({ marks: found, length: all.length, count: from, kind, direction });
          return next === null ? [] : [next, ...walk(next, direction)];
        };
        expect(walk(0, 1)).toEqual(wanted);
        expect(walk(all.length + 1, -1)).toEqual(wanted.toReversed());
      }),
    );
  });
});
