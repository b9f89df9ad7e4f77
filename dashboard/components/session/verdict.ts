import { formatClock, formatCost, formatDuration, formatMoment } from '../../lib/format';

export type BudgetLevel = 'none' | 'within' | 'warning' | 'over';

/** From this share of the budget on, it warns. */
const WARNING = 0.8;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

type Spending = { spent: number | null; budget: number | null };

/** How far a budget is spent (micro-dollars); `none` where one of them isn't known. */
export function budgetLevel({ spent, budget }: Spending): BudgetLevel {
  if (spent === null || budget === null) return 'none';
  if (spent >= budget) return 'over';
  return spent >= budget * WARNING ? 'warning' : 'within';
}

/**
 * The budget in words: how far it is spent, and when it will be passed. `forecastAt` (epoch ms)
 * is null where nothing tells; a session that has ended spends no more.
 */
export function verdict(
  options: Spending & { forecastAt: number | null; isOpen: boolean; now: number },
): string {
  const { spent, budget, forecastAt, isOpen, now } = options;
  if (budget === null) {
    return isOpen ? 'No budget. Set one to be warned before it is spent.' : 'It had no budget.';
  }
  if (spent === null) return `Budget ${formatCost(budget)}; the cost is not known.`;
  const level = budgetLevel({ spent, budget });
  if (level === 'over') {
    return spent === budget ? 'Budget spent' : `Over budget by ${formatCost(spent - budget)}`;
  }
  const isNear = level === 'warning';
  if (!isOpen) return isNear ? 'Ended with its budget nearly spent' : 'Ended within its budget';
  if (forecastAt === null) {
    return `${isNear ? 'Nearly spent' : 'Within budget'}; nothing was spent in the last 15 minutes`;
  }
  const left = Math.max(MINUTE, forecastAt - now);
  const when = left < DAY ? formatClock(forecastAt).slice(0, 5) : formatMoment(forecastAt);
  const pace = `at this pace spent at about ${when}, in ${formatDuration(left)}`;
  return isNear ? `Nearly spent: ${pace}` : pace.replace('at', 'At');
}
