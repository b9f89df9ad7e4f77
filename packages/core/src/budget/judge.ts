import type { LimitsOfRun, Spent } from '@claude-optimizer/protocol';

/** What a person is told of on the way to a limit, in percent of it. */
export const BUDGET_LEVELS = [50, 80, 95, 100] as const;
export type BudgetLevel = 0 | (typeof BUDGET_LEVELS)[number];

/** How near a run is to the first of its limits. */
export type Judgement = {
  /** Of the limit that is nearest, rounded down; may be above 100. */
  percent: number;
  /** The limits that are reached. */
  passed: (keyof LimitsOfRun)[];
  level: BudgetLevel;
  /** What was taken beyond the limits (0 where within); null while within all of them. */
  overshoot: Spent | null;
};

const LIMITS = ['costMicrodollars', 'tokens', 'turns', 'wallMs'] as const;

/** Compares what was spent with its limits. An unknown cost (null) is not compared. */
export function judge(limits: LimitsOfRun, spent: Spent): Judgement {
  const compared = LIMITS.flatMap((name) => {
    const [limit, used] = [limits[name], spent[name]];
    return limit === null || used === null ? [] : [{ name, limit, used }];
  });
  const percent = Math.max(0, ...compared.map(({ limit, used }) => percentOf(used, limit)));
  const passed = compared.filter(({ limit, used }) => used >= limit).map(({ name }) => name);
  const over = compared.filter(({ limit, used }) => used > limit);
  return { percent, passed, level: levelOf(percent), overshoot: over.length ? beyond(over) : null };

  function beyond(beyondLimit: typeof over): Spent {
    const none = { costMicrodollars: 0, tokens: 0, turns: 0, wallMs: 0 };
    const amounts = beyondLimit.map(({ name, limit, used }) => [name, used - limit] as const);
    const unknown = spent.costMicrodollars === null ? { costMicrodollars: null } : {};
    return { ...none, ...unknown, ...Object.fromEntries(amounts) };
  }
}

/** The highest level that `percent` has reached. */
export function levelOf(percent: number): BudgetLevel {
  return BUDGET_LEVELS.findLast((level) => percent >= level) ?? 0;
}

/** `used` in percent of `limit`, rounded down: 100 is never said before it is reached. */
export function percentOf(used: number, limit: number): number {
  return Math.floor((used * 100) / limit);
}
