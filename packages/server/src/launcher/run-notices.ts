import { formatCost, type Run } from '@claude-optimizer/protocol';
import type { Notices } from '../notices/notices.js';

/** Tells that a run has used so much of its limits. */
export function tellOfSpending(notices: Pick<Notices, 'tell'>, run: Run): void {
  const { warnedPercent, spent, limits, onLimit } = run;
  const cost = formatCost(spent.costMicrodollars);
  const of = limits.costMicrodollars === null ? '' : ` of ${formatCost(limits.costMicrodollars)}`;
  const next = { stop: 'It is ended.', ask: 'You are asked.', finish: 'It is told to finish.' };
  notices.tell({
    level: warnedPercent >= 95 ? 'warning' : 'info',
    kind: 'budget',
    title: `${nameOf(run)} has used ${String(warnedPercent)} % of its limit`,
    text: `${cost}${of}, ${String(spent.turns)} turns. ${warnedPercent < 100 ? '' : next[onLimit]}`.trim(),
    planId: run.planId,
    runId: run.id,
    sessionId: run.sessionId,
  });
}

/** Tells how a run ended. */
export function tellOfRun(notices: Pick<Notices, 'tell'>, run: Run): void {
  const { completed, total } = run.objectives;
  const cost = formatCost(run.spent.costMicrodollars);
  const done = total > 0 ? `${String(completed)} of ${String(total)} objectives, ` : '';
  notices.tell({
    level: run.state === 'succeeded' ? 'info' : run.state === 'failed' ? 'error' : 'warning',
    kind: 'run',
    title: `${nameOf(run)} ${run.state}`,
    text: `${done}${cost}. ${run.state === 'succeeded' ? '' : (run.reason ?? '')}`.trim(),
    planId: run.planId,
    runId: run.id,
    sessionId: run.sessionId,
  });
}

function nameOf({ order }: Run): string {
  return order.project ?? order.path ?? 'A run';
}
