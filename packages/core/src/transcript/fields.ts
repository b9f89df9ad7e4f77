/** A JSON object whose fields nobody has vouched for. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object, or null for anything else (arrays included). */
export function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}

/** The object in field `key`, or null. */
export function fieldsAt(fields: Fields | null, key: string): Fields | null {
  return fields ? asFields(fields[key]) : null;
}

/** The list in field `key`; empty when it is anything else. */
export function listAt(fields: Fields | null, key: string): readonly unknown[] {
  const value = fields?.[key];
  return Array.isArray(value) ? value : [];
}

/** The non-empty string in field `key`, or null. */
export function textAt(fields: Fields | null, key: string): string | null {
  const value = fields?.[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The finite number in field `key`, or null. */
export function numberAt(fields: Fields | null, key: string): number | null {
  const value = fields?.[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

// No response has that many tokens: beyond it a count is damage, and sums must stay exact.
const LARGEST_COUNT = 1_000_000_000;

/** A count in field `key` as a whole number of at least 0; 0 when it is anything else. */
export function countAt(fields: Fields | null, key: string): number {
  const value = numberAt(fields, key);
  return value !== null && value > 0 && value <= LARGEST_COUNT ? Math.trunc(value) : 0;
}

/** Epoch ms of the ISO 8601 time in field `key` (ms or µs), or null. */
export function timeAt(fields: Fields | null, key: string): number | null {
  const text = textAt(fields, key);
  if (text === null) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** `text` on one line, cut to `limit` characters with an ellipsis, no surrogate pair split. */
export function preview(text: string, limit: number): string {
  const flat = onOneLine(text, limit * 2);
  if (flat.length <= limit && text.length <= limit * 2) return flat;
  const cut = flat.slice(0, limit - 1);
  const last = cut.charCodeAt(cut.length - 1);
  return `${last >= 0xd800 && last < 0xdc00 ? cut.slice(0, -1) : cut}…`;
}

/** The beginning of a text, each white space in it as one blank, none at its ends. */
function onOneLine(text: string, length: number): string {
  const end = Math.min(length, text.length);
  return isOnOneLine(text, end)
    ? text.slice(0, end)
    : text.slice(0, end).replace(/\s+/gu, ' ').trim();
}

// Most labels and titles are.
function isOnOneLine(text: string, end: number): boolean {
  let wasBlank = true;
  for (let at = 0; at < end; at += 1) {
    const unit = text.charCodeAt(at);
    const isBlank = unit === 0x20;
    if (unit < 0x20 || unit >= 0x80 || (isBlank && wasBlank)) return false;
    wasBlank = isBlank;
  }
  return !wasBlank;
}
