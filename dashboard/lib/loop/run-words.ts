import type { LimitsOfRun, Order, Run, RunState, Spent } from '@claude-optimizer/protocol';
import { formatCost, formatDuration, formatExact, formatTokens } from '../format';

/** What may still be stopped. */
export const isActive = ({ endedAt, state }: Run): boolean =>
  endedAt === null && (state === 'claimed' || state === 'started' || state === 'running');

/** Ms that a run has taken by now (epoch ms): while it goes on its own figure is that of its last news. */
export function wallOf(run: Run, now: number): number {
  const { startedAt, spent } = run;
  const goesOn = isActive(run) && startedAt !== null;
  return goesOn ? Math.max(spent.wallMs, now - startedAt) : spent.wallMs;
}

/** A run's state as people say it. */
export function runWord({
  state,
  heldUntil,
  endedAt,
}: Pick<Run, 'state' | 'heldUntil' | 'endedAt'>): string {
  if (heldUntil !== null && endedAt === null) return 'waiting';
  const words: Partial<Record<RunState, string>> = {
    scheduled: 'planned',
    warned: 'starts soon',
    claimed: 'starting',
    started: 'starting',
  };
  return words[state] ?? state;
}

type LimitName = keyof LimitsOfRun;
export const LIMIT_WORDS: Record<LimitName, { name: string; text: (value: number) => string }> = {
  costMicrodollars: { name: 'Cost', text: (value) => formatCost(value) },
  wallMs: { name: 'Time', text: formatDuration },
  turns: { name: 'Turns', text: formatExact },
  tokens: { name: 'Tokens', text: formatTokens },
};
export const LIMIT_NAMES = ['costMicrodollars', 'wallMs', 'turns', 'tokens'] as const;

/** An amount of one kind; what isn't known is said to be so. */
export const amountText = (name: LimitName, value: number | null): string =>
  value === null ? 'unknown' : LIMIT_WORDS[name].text(value);

/** Limits in a line: `$2.00 · 30m 00s`; `no limits` where there are none. */
export function limitsText(limits: LimitsOfRun): string {
  const parts = LIMIT_NAMES.flatMap((name) => {
    const limit = limits[name];
    if (limit === null) return [];
    const text = LIMIT_WORDS[name].text(limit);
    return name === 'turns' || name === 'tokens' ? `${text} ${name}` : text;
  });
  return parts.length === 0 ? 'no limits of its own' : parts.join(' · ');
}

/** What came of a run so far beside what was planned: `1 of 2 objectives · $0.05 of $2.00 · 4m 10s`. */
export function outcomeText({ objectives, spent, limits }: Run): string {
  const { completed, total } = objectives;
  const budget = limits.costMicrodollars;
  return [
    ...(total === 0
      ? []
      : [`${completed} of ${total} ${total === 1 ? 'objective' : 'objectives'}`]),
    `${formatCost(spent.costMicrodollars)}${budget === null ? '' : ` of ${formatCost(budget)}`}`,
    formatDuration(spent.wallMs),
  ].join(' · ');
}

/** What was taken beyond the limits, in a line. */
export function overshootText(overshoot: Spent): string {
  return LIMIT_NAMES.flatMap((name) => {
    const over = overshoot[name];
    return over === null || over === 0
      ? []
      : `${LIMIT_WORDS[name].text(over)}${name === 'turns' || name === 'tokens' ? ` ${name}` : ''}`;
  }).join(' · ');
}

/** How people call what is to be done. */
export const orderTitle = ({ project, path, phase }: Order): string =>
  [project ?? path ?? 'no project', ...(phase === null ? [] : [phase])].join(' · ');
