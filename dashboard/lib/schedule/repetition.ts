export const repetitions = ['none', 'daily', 'weekdays', 'weekly', 'custom'] as const;

/** How often an entry comes, as a form shows it. */
export type Repetition = {
  kind: (typeof repetitions)[number];
  /** weekly: iCalendar's names of days (`MO`), from Monday. */
  days: readonly string[];
  /** custom: an RRULE without its name. */
  rule: string;
};

export const WEEKDAY_CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const WORKDAYS = WEEKDAY_CODES.slice(0, 5).join(',');

/** A repetition as an RRULE without its name; null for none. */
export function ruleOf({ kind, days, rule }: Repetition): string | null {
  switch (kind) {
    case 'none':
      return null;
    case 'daily':
      return 'FREQ=DAILY';
    case 'weekdays':
      return `FREQ=WEEKLY;BYDAY=${WORKDAYS}`;
    case 'weekly':
      return days.length === 0 ? 'FREQ=WEEKLY' : `FREQ=WEEKLY;BYDAY=${inOrder(days).join(',')}`;
    case 'custom':
      return rule.trim() === '' ? null : rule.trim();
  }
}

/** A rule as the form shows it; what it has no words for is custom. */
export function readRule(rule: string | null): Repetition {
  const none = { days: [], rule: rule ?? '' };
  if (rule === null) return { kind: 'none', ...none };
  if (rule === 'FREQ=DAILY') return { kind: 'daily', ...none };
  if (rule === `FREQ=WEEKLY;BYDAY=${WORKDAYS}`) return { kind: 'weekdays', ...none };
  const days =
    /^FREQ=WEEKLY(?:;BYDAY=((?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*))?$/.exec(rule);
  if (days) return { kind: 'weekly', days: days[1]?.split(',') ?? [], rule };
  return { kind: 'custom', ...none };
}

const inOrder = (days: readonly string[]) => WEEKDAY_CODES.filter((day) => days.includes(day));
