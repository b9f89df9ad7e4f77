import { describe, expect, it } from 'vitest';
import type { SessionSummary } from '@claude-optimizer/protocol';
import { sessionNeed, sessionStatus, STATUS_RULES, statusValidUntil } from './status.js';
import { emptySummary } from './summary.js';

const AT = Date.UTC(2026, 0, 5, 10);
const MINUTE = 60_000;

/** The status, what is wanted of the person, and how long it holds (ms after `AT`). */
function standing(facts: Partial<SessionSummary>, after: number) {
  const summary = { ...emptySummary('s', AT), ...facts };
  const until = statusValidUntil(summary, AT + after);
  return [
    sessionStatus(summary, AT + after),
    sessionNeed(summary, AT + after),
    until === null ? null : until - AT,
  ];
}
const tool = (name: string, startedAt = AT) => ({
  ...{ toolUseId: `t-${name}`, name, label: '', agentId: null, startedAt },
});
const working = (...names: string[]) => ({
  phase: 'working' as const,
  openTools: names.map((name) => tool(name)),
});

describe('status', () => {
  it.each([
    ['exited', 'completed'],
    ['ended', 'completed'],
    ['failed', 'failed'],
    ['interrupted', 'interrupted'],
  ] as const)('of a session that is %s is %s for ever', (phase, status) => {
    expect(standing({ phase }, 0)).toEqual([status, null, null]);
    expect(standing({ phase, ...{ openTools: [tool('Edit')] } }, 1e10)).toEqual([
      status,
      null,
      null,
    ]);
  });

  it('after a turn is waiting, then idle, then completed', () => {
    const facts = { phase: 'turn-ended' as const };
    expect(standing(facts, 0)).toEqual(['waiting', 'prompt', 10 * MINUTE]);
    expect(standing(facts, 10 * MINUTE - 1)).toEqual(['waiting', 'prompt', 10 * MINUTE]);
    expect(standing(facts, 10 * MINUTE)).toEqual(['idle', null, 60 * MINUTE]);
    expect(standing(facts, 60 * MINUTE - 1)).toEqual(['idle', null, 60 * MINUTE]);
    expect(standing(facts, 60 * MINUTE)).toEqual(['completed', null, null]);
    expect(standing({ ...facts, lastAt: AT + MINUTE }, 10 * MINUTE)[0]).toBe('waiting');
  });

  it.each(['sdk-cli', 'sdk-py', 'sdk-ts'])(
    'after a turn of %s is completed: nobody is there',
    (entrypoint) => {
      expect(standing({ phase: 'turn-ended', entrypoint }, 0)).toEqual(['completed', null, null]);
    },
  );

  it('of an open turn is running until it is silent for too long', () => {
    for (const facts of [working(), working('Bash')]) {
      expect(standing(facts, 0)).toEqual(['running', null, 30 * MINUTE]);
      expect(standing(facts, 30 * MINUTE - 1)[0]).toBe('running');
      expect(standing(facts, 30 * MINUTE)).toEqual(['interrupted', null, null]);
    }
    // A subagent's sign of life counts.
    expect(standing({ ...working('Agent'), lastAt: AT + 5 * MINUTE }, 34 * MINUTE)[0]).toBe(
      'running',
    );
  });

  it.each(['AskUserQuestion', 'ExitPlanMode'])('with %s open is waiting for an answer', (name) => {
    expect(standing(working('Bash', name), 0)).toEqual(['waiting', 'answer', 24 * 60 * MINUTE]);
    expect(standing(working(name), 24 * 60 * MINUTE - 1)[0]).toBe('waiting');
    expect(standing(working(name), 24 * 60 * MINUTE)).toEqual(['interrupted', null, null]);
    expect(standing({ ...working(name), permissionMode: 'bypassPermissions' }, 0)[0]).toBe(
      'waiting',
    );
  });

  it.each(['Edit', 'MultiEdit', 'Write', 'NotebookEdit'])(
    'with %s open for longer than it takes is waiting for a permission',
    (name) => {
      const { permissionAfterMs } = STATUS_RULES;
      expect(standing(working(name), 0)).toEqual(['running', null, permissionAfterMs]);
      expect(standing(working(name), permissionAfterMs)).toEqual([
        'waiting',
        'answer',
        24 * 60 * MINUTE,
      ]);
      expect(standing(working(name), 24 * 60 * MINUTE)).toEqual(['interrupted', null, null]);
      const free = { ...working(name), permissionMode: 'bypassPermissions' };
      expect(standing(free, permissionAfterMs)).toEqual(['running', null, 30 * MINUTE]);
    },
  );

  it('never holds longer than it says', () => {
    const all = [
      working(),
      working('Edit'),
      working('AskUserQuestion'),
      { phase: 'turn-ended' as const },
    ];
    for (const facts of all) {
      for (let after = 0; ;) {
        const [status, , until] = standing(facts, after);
        if (typeof until !== 'number') break;
        expect(until).toBeGreaterThan(after);
        expect(standing(facts, until - 1)[0]).toBe(status);
        expect(standing(facts, until)[0]).not.toBe(status);
        after = until;
      }
    }
  });
});
