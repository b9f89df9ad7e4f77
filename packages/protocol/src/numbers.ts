import { groupDigits } from './money.js';

/** A count of tokens in at most four characters and a unit: `980`, `12.4k`, `1.81M`. */
export function formatTokens(tokens: number): string {
  const size = Math.abs(tokens);
  const sign = tokens < 0 ? '−' : '';
  if (size < 1_000) return `${sign}${Math.round(size)}`;
  // The borders are where the rounded number would need one more digit.
  if (size < 99_950) return `${sign}${(size / 1e3).toFixed(1)}k`;
  if (size < 999_500) return `${sign}${Math.round(size / 1e3)}k`;
  if (size < 9_995_000) return `${sign}${(size / 1e6).toFixed(2)}M`;
  if (size < 99_950_000) return `${sign}${(size / 1e6).toFixed(1)}M`;
  if (size < 999_500_000) return `${sign}${Math.round(size / 1e6)}M`;
  return `${sign}${(size / 1e9).toFixed(2)}B`;
}

/** A whole number with separators: `1,813,204`. */
export function formatExact(count: number): string {
  const whole = Math.round(count);
  return (whole < 0 ? '−' : '') + groupDigits(Math.abs(whole));
}

/** A change in shares of what was: `−75%`, `+40%`; from tenfold on how many times as much: `31×`. */
export function formatChange(share: number): string {
  const times = Math.round(share + 1);
  if (times >= 10) return `${formatExact(times)}×`;
  return `${share > 0 ? '+' : ''}${formatPercent(share)}`;
}

/** A share of one as a percentage: `0.4%`, `72%`, `104%`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (!Number.isFinite(percent)) return '–';
  if (percent !== 0 && Math.abs(percent) < 0.1) return percent < 0 ? '−<0.1%' : '<0.1%';
  const text = Math.abs(percent) < 9.95 ? percent.toFixed(1) : Math.round(percent).toString();
  return `${text.replace(/\.0$/, '').replace('-', '−')}%`;
}
