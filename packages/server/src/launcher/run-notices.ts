import { formatCost, type Run } from '@claude-optimizer/protocol';
import type { Notices } from '../notices/notices.js';

/** Tells how a run ended. */
export function tellOfRun(notices: Pick<Notices, 'tell'>, run: Run): void {
  const name = run.order.project ?? run.order.path ?? 'A run';
  const { completed, total } = run.objectives;
  const cost = formatCost(run.spent.costMicrodollars);
  const done = total > 0 ? `${String(completed)} of ${String(total)} objectives, ` : '';
  notices.tell({
    level: run.state === 'succeeded' ? 'info' : run.state === 'failed' ? 'error' : 'warning',
    kind: 'run',
    title: `${name} ${run.state}`,
    text: `${done}${cost}. ${run.state === 'succeeded' ? '' : (run.reason ?? '')}`.trim(),
    planId: run.planId,
    runId: run.id,
    sessionId: run.sessionId,
  });
}
