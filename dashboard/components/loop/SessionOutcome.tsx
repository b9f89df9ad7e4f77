'use client';

import { completedOf } from '@claude-optimizer/core/run';
import type { Run } from '@claude-optimizer/protocol';
import { useCallback } from 'react';
import { useAnswer } from '@/hooks/useAnswer';
import { fetchSession } from '@/lib/api';
import { PlanOutcome } from './PlanOutcome';

/** Plan against outcome away from the session's page: which objectives it has reached is asked. */
export function SessionOutcome({ run }: { run: Run }) {
  const { sessionId, startedAt } = run;
  const ask = useCallback(
    async () => (sessionId === null || startedAt === null ? null : fetchSession(sessionId)),
    [sessionId, startedAt],
  );
  // A session that is not there (any more) leaves the numbers, which are the run's own.
  const session = useAnswer(ask, run.revision).value;
  if (session === null) return <PlanOutcome run={run} />;
  return (
    <PlanOutcome run={run} done={completedOf(run.order.objectives, session.state.objectives)} />
  );
}
