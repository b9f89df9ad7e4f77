import { formatCost, type Run, type SessionEvent } from '@claude-optimizer/protocol';
import colors from 'picocolors';

const STATES: Readonly<Record<Run['state'], (text: string) => string>> = {
  scheduled: colors.cyan,
  warned: colors.cyan,
  claimed: colors.cyan,
  started: colors.cyan,
  running: colors.cyan,
  succeeded: colors.green,
  failed: colors.red,
  stopped: colors.yellow,
  missed: colors.yellow,
};

/** Where a run stands: state, reason, what it has cost, its objectives, what it overshot. */
export function renderRun(run: Run): string {
  const { spent, limits, objectives, overshoot } = run;
  const budget = limits.costMicrodollars;
  const cost = `${formatCost(spent.costMicrodollars)}${budget === null ? '' : ` of ${formatCost(budget)}`}`;
  const over = overshoot?.costMicrodollars
    ? `, ${formatCost(overshoot.costMicrodollars)} over its budget`
    : '';
  const why = run.reason === null ? '' : ` ${run.reason}`;
  const count = `${String(objectives.completed)} of ${String(objectives.total)} objectives`;
  return `${STATES[run.state](run.state)}:${why}\n${cost}${over}, ${String(spent.tokens)} tokens, ${count}\n`;
}

/** What a session has done, a line each: words, tools, objectives, errors. */
export function renderActivity(events: readonly SessionEvent[]): string {
  return events.map(lineOf).join('');
}

function lineOf(event: SessionEvent): string {
  switch (event.type) {
    case 'session:message':
      return `${event.text.trim()}\n`;
    case 'session:tool':
      return event.phase === 'start' ? colors.dim(`  ${event.name}  ${event.label}\n`) : '';
    case 'session:objective':
      return event.status === 'completed' ? colors.green(`✓ ${event.text}\n`) : '';
    case 'session:error':
      return colors.red(`${event.message}\n`);
    default:
      return '';
  }
}
