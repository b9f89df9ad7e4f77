'use client';

import { completedOf } from '@claude-optimizer/core/run';
import type { Objective, Run } from '@claude-optimizer/protocol';
import { useCallback } from 'react';
import { Panel } from '@/components/session/Panel';
import { useAnswer } from '@/hooks/useAnswer';
import { fetchRuns } from '@/lib/loop/loop-api';
import { useRunOfSession } from '@/lib/loop/loop-news';
import { isActive } from '@/lib/loop/run-words';
import { PlanOutcome } from './PlanOutcome';
import { RunActions } from './RunActions';
import { RunBadge } from './RunBadge';
import { RunMeters } from './RunMeters';

type Props = { sessionId: string; objectives: readonly Objective[] };

/** Of a session that was launched here: its state, its limits, what was planned and what came. */
export function RunPanel({ sessionId, objectives }: Props) {
  const live = useRunOfSession(sessionId);
  const ask = useCallback(async (): Promise<Run | null> => {
    const { runs } = await fetchRuns({ sessionId, limit: 1 });
    return runs[0] ?? null;
  }, [sessionId]);
  const stored = useAnswer(ask).value;
  const run = live ?? stored;
  if (!run) return null;
  return (
    <Panel title="Launched run" aside={<RunBadge run={run} />}>
      <div className="grid gap-x-6 gap-y-3 p-3 lg:grid-cols-2">
        <div className="min-w-0 space-y-3">
          <RunMeters run={run} />
          {isActive(run) && <RunActions run={run} />}
        </div>
        <section aria-label="Plan against outcome" className="min-w-0">
          <PlanOutcome run={run} done={completedOf(run.order.objectives, objectives)} />
        </section>
      </div>
    </Panel>
  );
}
