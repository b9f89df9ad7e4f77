/** How wide a bar is. */
export const usageSteps = ['day', 'week', 'month'] as const;
export type UsageStep = (typeof usageSteps)[number];

/** How many days back from today, today included; `all` has no beginning. */
export const usageSpans = ['7', '30', '90', 'all'] as const;
export type UsageSpan = (typeof usageSpans)[number];

/** What the usage page shows, as its address says it. */
export type UsageRange = { step: UsageStep; span: UsageSpan };
export const DEFAULT_RANGE: UsageRange = { step: 'day', span: '30' };

/** The range in a query such as `?by=week&days=90`; unknown parts are the default's. */
export function readRange(query: string): UsageRange {
  const params = new URLSearchParams(query);
  const [by, days] = [params.get('by'), params.get('days')];
  return {
    step: usageSteps.find((step) => step === by) ?? DEFAULT_RANGE.step,
    span: usageSpans.find((span) => span === days) ?? DEFAULT_RANGE.span,
  };
}

/** The query for a range; empty for the default. */
export function writeRange({ step, span }: UsageRange): string {
  const parts = [
    ...(step === DEFAULT_RANGE.step ? [] : [`by=${step}`]),
    ...(span === DEFAULT_RANGE.span ? [] : [`days=${span}`]),
  ];
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/** The reader's local day of a moment (epoch ms), as YYYY-MM-DD. */
export function localDay(at: number): string {
  const date = new Date(at);
  return dayOf(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()));
}

/** The first day (YYYY-MM-DD) of a span that ends with `today`; null where nothing bounds it. */
export function firstDay(span: UsageSpan, today: string): string | null {
  return span === 'all' ? null : addDays(today, 1 - Number(span));
}

/** Every step from the one with `first` to the one with `last`, named as the reports name them. */
export function stepsBetween(step: UsageStep, first: string, last: string): string[] {
  const steps: string[] = [];
  const end = stepOf(step, last);
  for (let at = stepOf(step, first); at <= end; at = nextStep(step, at)) steps.push(at);
  return steps;
}

/** The step that a day is in: itself, its week's Monday, or its month as YYYY-MM. */
export function stepOf(step: UsageStep, day: string): string {
  if (step === 'day') return day;
  if (step === 'month') return day.slice(0, 7);
  const weekday = (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

function nextStep(step: UsageStep, at: string): string {
  if (step !== 'month') return addDays(at, step === 'day' ? 1 : 7);
  const [year = 0, month = 0] = at.split('-').map(Number);
  return dayOf(Date.UTC(year, month, 1)).slice(0, 7);
}

function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00Z`);
  return dayOf(date.setUTCDate(date.getUTCDate() + days));
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A step as an axis names it: `3 Nov`, `Nov 2026`. */
export function shortStep(at: string): string {
  const [year = '', month = '', day] = at.split('-');
  const name = MONTHS[Number(month) - 1] ?? month;
  return day === undefined ? `${name} ${year}` : `${Number(day)} ${name}`;
}

/** A step in full: `Tue 3 Nov 2026`, `Week of Mon 2 Nov 2026`, `Nov 2026`. */
export function longStep(step: UsageStep, at: string): string {
  if (step === 'month') return shortStep(at);
  const weekday = WEEKDAYS[new Date(`${at}T00:00Z`).getUTCDay()] ?? '';
  const day = `${weekday} ${shortStep(at)} ${at.slice(0, 4)}`;
  return step === 'week' ? `Week of ${day}` : day;
}
