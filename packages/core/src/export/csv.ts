import { MICRODOLLARS } from '@claude-optimizer/protocol';

/** `{ decimal }` is a number by its digits, which a float might not hold. */
export type CsvField = string | number | boolean | { decimal: string } | null;

/** What a spreadsheet would take for a formula, also written in full width. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠]|^[\t\r]/u;

/**
 * One record by RFC 4180, with CRLF. A text that a spreadsheet would run is told as text by an
 * apostrophe in front; numbers stay numbers, and what isn't known is empty.
 */
export function csvRecord(fields: readonly CsvField[]): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

function csvField(field: CsvField): string {
  if (field === null) return '';
  if (typeof field === 'object') return field.decimal;
  if (typeof field !== 'string') return String(field);
  // A NUL ends the text for many readers, and a lone surrogate is no UTF-8.
  const clean = field.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
  const text = FORMULA.test(clean) ? `'${clean}` : clean;
  return /[",\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Micro-dollars as decimal dollars with all six digits; null where not known. */
export function decimalDollars(microdollars: number | null): { decimal: string } | null {
  if (microdollars === null) return null;
  const amount = Math.abs(microdollars);
  const whole = Math.floor(amount / MICRODOLLARS);
  const rest = String(amount % MICRODOLLARS).padStart(6, '0');
  return { decimal: `${microdollars < 0 ? '-' : ''}${String(whole)}.${rest}` };
}
