import { runSchema, runStates, runEnds, type Run } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { Announcer } from '../feed/announcer.js';
import { LaunchedSessions } from './launched-sessions.js';

function run(state: Run['state'], sessionId: string | null = 's'): Run {
  const limits = { costMicrodollars: null, tokens: null, turns: null, wallMs: null };
  const times = ['scheduledAt', 'warnedAt', 'claimedAt', 'startedAt', 'firstOutputAt', 'endedAt'];
  const none = ['planId', 'cause', 'reason', 'cwd', 'overshoot', 'heldUntil', 'exitCode'];
  const unknown = [...times, ...none, 'signal', 'clientCostMicrodollars'];
  return runSchema.parse({
    ...Object.fromEntries(unknown.map((name) => [name, null])),
    ...{ id: 'r', origin: 'command', sessionId, state, onLimit: 'stop', limits },
    order: { project: 'shop', path: null, phase: null, model: null, limits, objectives: [] },
    spent: { costMicrodollars: 0, tokens: 0, turns: 0, wallMs: 0 },
    ...{ warnedPercent: 0, attempt: 1, revision: 0, objectives: { completed: 0, total: 0 } },
  });
}

describe('the sessions that we launched', () => {
  it.each(runStates)('knows of each state whether it is still ours: %s', (state) => {
    const announcer = new Announcer();
    const launched = new LaunchedSessions(announcer);
    announcer.announce('run', run('claimed'));
    announcer.announce('run', run(state));
    expect(launched.has('s')).toBe(!runEnds.some((end) => end === state));
    launched.close();
  });

  it('passes over runs without a session, and what is no run', () => {
    const announcer = new Announcer();
    const launched = new LaunchedSessions(announcer);
    announcer.announce('run', run('scheduled', null));
    announcer.announce('schedule', { at: 1 });
    expect(launched.has('s')).toBe(false);
    launched.take(run('running'));
    expect(launched.has('s')).toBe(true);
  });
});
