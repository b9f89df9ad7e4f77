/** One US dollar in micro-dollars, the integer unit of all money here. */
export const MICRODOLLARS = 1_000_000;

/** Pico-dollars are what an exact cost is counted in before a sum is rounded. */
export const PICODOLLARS_PER_MICRODOLLAR = 1_000_000;

/** Pico-dollars as whole micro-dollars, rounded half up, and what the rounding took. */
export function roundCost(picodollars: number): { microdollars: number; fraction: number } {
  const microdollars = Math.floor(
    (picodollars + PICODOLLARS_PER_MICRODOLLAR / 2) / PICODOLLARS_PER_MICRODOLLAR,
  );
  return { microdollars, fraction: picodollars - microdollars * PICODOLLARS_PER_MICRODOLLAR };
}

/**
 * Micro-dollars as a person reads them: `$0.15`, `<$0.01`, `$1,204.50`; `unknown` for null.
 * With `exact`, up to six decimals (`$0.037830`).
 */
export function formatCost(microdollars: number | null, options: { exact?: boolean } = {}): string {
  if (microdollars === null) return 'unknown';
  const sign = microdollars < 0 ? '−' : '';
  const amount = Math.abs(microdollars);
  if (!options.exact && amount > 0 && amount < 5_000) return `${sign}<$0.01`;
  return `${sign}$${options.exact ? decimal(amount, 6) : decimal(Math.round(amount / 10_000), 2)}`;
}

/** A cost as it looks everywhere: `$0.15`, `≈$0.15` (estimated), `$0.15+` (some of it unknown). */
export function costText(
  microdollars: number | null,
  { unpriced, isEstimate = false }: { unpriced?: { messages: number }; isEstimate?: boolean } = {},
): string {
  if (microdollars === null) return formatCost(null);
  const isMore = (unpriced?.messages ?? 0) > 0;
  return `${isEstimate ? '≈' : ''}${formatCost(microdollars)}${isMore ? '+' : ''}`;
}

/** A count of 10^-digits dollars with all its digits. Without Intl, which takes 10 ms to load. */
function decimal(units: number, digits: number): string {
  const scale = 10 ** digits;
  const rest = String(units % scale).padStart(digits, '0');
  return `${groupDigits(Math.floor(units / scale))}.${rest}`;
}

/** A whole number, not negative, with its thousands apart: `1,234,567`. */
export function groupDigits(whole: number): string {
  return String(whole).replace(/\B(?=(?:\d{3})+$)/gu, ',');
}
