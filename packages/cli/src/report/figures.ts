import { formatCost, groupDigits, totalTokens, type UsageTotals } from '@claude-optimizer/protocol';

const STEPS = [
  [1_000_000_000, 'B'],
  [1_000_000, 'M'],
  [1_000, 'k'],
] as const;

/** How numbers are written: in full, or to three digits where there is no room. */
export type NumberStyle = 'full' | 'short';

/** A count of tokens or calls: `1,234,567`, or short `1.23M`. */
export function count(value: number, style: NumberStyle): string {
  if (style === 'full') return groupDigits(value);
  const step = STEPS.find(([size]) => value >= size);
  return step ? `${Number((value / step[0]).toPrecision(3))}${step[1]}` : String(value);
}

/** Whether a sum holds anything that a footnote must explain. */
export function isLimited(usage: UsageTotals): boolean {
  return usage.unpricedMessages + usage.estimatedMessages + usage.incompleteMessages > 0;
}

/** The cost of a sum, with a star where a footnote limits it. */
export function cost(usage: UsageTotals): string {
  return `${formatCost(usage.costMicrodollars)}${isLimited(usage) ? '*' : ''}`;
}

export function cacheWrites(usage: UsageTotals): number {
  return usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
}

export { totalTokens };

/** Milliseconds as `850 ms`, `12.3 s`, `4 min 10 s` or `3 h 20 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.floor((ms % 60_000) / 1_000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A moment (epoch ms) as YYYY-MM-DD HH:MM in a zone. */
export function moment(at: number, timezone: string): string {
  return momentFormat(timezone).format(at).replace(', ', ' ');
}

const formats = new Map<string, Intl.DateTimeFormat>();

function momentFormat(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known) return known;
  // Swedish writes dates as ISO does.
  const made = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  });
  formats.set(timezone, made);
  return made;
}

/** A model's name without what all of them share. */
export function shortModel(model: string): string {
  return withoutMaker(model).replace(/-\d{8}$/u, '');
}

/** A model's whole name but for what nearly all of them begin with. */
export function withoutMaker(model: string): string {
  return model.replace(/^claude-/u, '');
}
