/** Micro-dollars of `$2`, `2 USD`, `2,50` or `0.5`; null when it is no amount above 0. */
export function readMoney(text: string): number | null {
  const bare = text.replace(/(?:US\s?\$|USD|\$|dollars?)/giu, '').trim();
  const amount = readNumber(bare);
  const microdollars = amount === null ? 0 : Math.round(amount * 1_000_000);
  return microdollars >= 1 ? microdollars : null;
}

/** `200k`, `1.5M`, `200 000`, `200,000`; null when it is no whole number above 0. */
export function readCount(text: string): number | null {
  const [, digits = '', suffix = ''] =
    /^([\d .,_']+)\s*(k|m|thousand|million)?(?:\s*tokens?|\s*turns?)?$/iu.exec(text.trim()) ?? [];
  const times = { '': 1, k: 1e3, thousand: 1e3, m: 1e6, million: 1e6 }[suffix.toLowerCase()] ?? 1;
  const amount = suffix === '' ? readGrouped(digits) : readNumber(digits.trim());
  const count = amount === null ? 0 : Math.round(amount * times);
  return count >= 1 ? count : null;
}

/** Milliseconds of `90`, `90 min`, `1h30`, `1.5 h`; a number alone is minutes. */
export function readDuration(text: string): number | null {
  const [whole, hours, rest] =
    /^(?:(\d+(?:[.,]\d+)?)\s*h(?:ours?|rs?)?)?\s*(?:(\d+)\s*(?:m(?:in(?:ute)?s?)?)?)?$/iu.exec(
      text.trim(),
    ) ?? [];
  if (!whole || (hours === undefined && rest === undefined)) return null;
  const minutes = (readNumber(hours ?? '0') ?? 0) * 60 + Number(rest ?? 0);
  return minutes >= 1 ? Math.round(minutes * 60_000) : null;
}

/** A decimal point or comma. */
function readNumber(text: string): number | null {
  if (!/^\d+(?:[.,]\d+)?$/u.test(text)) return null;
  return Number(text.replace(',', '.'));
}

/** A whole number, with thousands parted in any way. */
function readGrouped(text: string): number | null {
  const trimmed = text.trim();
  if (!/^\d{1,3}(?:[ .,_']\d{3})+$|^\d+$/u.test(trimmed)) return null;
  return Number(trimmed.replace(/\D/gu, ''));
}
