import type { Run } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { retryAt, type Pauses } from './retry-at.js';

describe('a temporary failure', () => {
  const failed = {
    state: 'failed',
    cause: 'overloaded',
    reason: 'r',
    temporary: true,
  } as const;
  const run = { attempt: 1, claimedAt: 0, endsAt: null } as Run;
  const at = (facts: Partial<Run>, pauses: Partial<Pauses> = {}) =>
    retryAt({ ...run, ...facts }, failed, { resetsAt: null, delayMs: 500, now: 1_000, ...pauses });

  it('is tried again later each time, five times in all', () => {
    const waits = [1, 2, 3, 4, 5].map((attempt) => at({ attempt }));
    expect(waits).toEqual([61_000, 121_000, 241_000, 481_000, null]);
  });

  it('waits for the reset where it is named', () => {
    expect(at({}, { resetsAt: 500_000 })).toBe(500_000);
  });

  it('waits no shorter than the client was told to the last time', () => {
    expect(at({}, { delayMs: 90_000 })).toBe(91_000);
  });

  it('waits long where the client gave up at once, and for a limit until the plan’s end', () => {
    const untold = { resetsAt: null, delayMs: null, now: 0 };
    const limited = { ...failed, cause: 'rate_limit' } as const;
    const waits = [1, 2, 3, 4, 5, 9].map((attempt) =>
      retryAt({ ...run, attempt, endsAt: 3_600_000 }, limited, untold),
    );
    expect(waits).toEqual([300_000, 600_000, 900_000, 900_000, 900_000, 900_000]);
    expect(retryAt({ ...run, endsAt: 200_000 }, limited, untold)).toBeNull();
  });

  it('is not tried beyond the end of its plan, or an hour without one', () => {
    expect(at({ endsAt: 400_000 }, { resetsAt: 500_000 })).toBeNull();
    expect(at({}, { resetsAt: 3_600_000 })).toBeNull();
  });

  it('is only tried again when it is one', () => {
    const pauses = { resetsAt: 500_000, delayMs: null, now: 0 };
    expect(retryAt(run, { ...failed, temporary: false }, pauses)).toBeNull();
  });
});
