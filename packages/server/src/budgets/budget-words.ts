import { formatCost } from '@claude-optimizer/protocol';
import type { Budget } from './hand-settings.js';
import type { HeardSession } from './heard-sessions.js';

/** Below this an amount rounded to cents says too little. */
const SMALL = 100_000;

/** Why the session was stopped and how it goes on: what the person reads in the terminal. */
export function stopSentence(session: HeardSession, budget: Budget): string {
  const raise = raiseCommand(session, budget);
  const [cost, most] = [money(session.cost, budget), money(budget.microdollars, budget)];
  return (
    `Budget reached: this session has cost ${cost} of the ${most} that ${setBy(budget)}. ` +
    `To go on, raise it on the session's page of Claude Code Optimizer or run: ${raise}`
  );
}

/** How the person is told on the way: title and text of the notice at `level` percent. */
export function noticeWords(
  session: HeardSession,
  budget: Budget,
  level: number,
): { title: string; text: string } {
  const name = session.title ?? session.id;
  const [cost, most] = [money(session.cost, budget), money(budget.microdollars, budget)];
  const spent = `${name}: ${cost} of the ${most} that ${setBy(budget)}.`;
  if (level < 100)
    return { title: `${String(level)} % of a session's budget is spent`, text: spent };
  return {
    title: "A session's budget is reached",
    text: `${spent} It is stopped at its next tool call.`,
  };
}

function setBy({ by, name }: Budget): string {
  switch (by) {
    case 'session':
      return 'you set for it';
    case 'project':
      return `you set for sessions in ${name}`;
    case 'default':
      return 'you set for every session';
  }
}

function raiseCommand({ id }: HeardSession, { microdollars }: Budget): string {
  const doubled = (microdollars * 2) / 1_000_000;
  return `claude-optimizer budget set ${String(doubled)} --session ${id}`;
}

function money(microdollars: number, budget: Budget): string {
  return formatCost(microdollars, { exact: budget.microdollars < SMALL });
}
