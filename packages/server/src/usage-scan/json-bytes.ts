// JSON read from bytes as the client writes it: without spaces. Where anything else stands these
// answer -1, and the whole reader decides. They run for each byte of a response: no closures.

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN = 0x7b;
export const CLOSE = 0x7d;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const ZERO = 0x30;
const NINE = 0x39;
const MOST_NESTED = 64;
const MOST_DIGITS = 9;
const WORDS = [Buffer.from('null'), Buffer.from('false'), Buffer.from('true')];

/** 0 for a byte that stands for itself within a text, 1 for one that ends or escapes or can't be. */
const IN_TEXT = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH ? 1 : 0,
);
/** 1 for what may stand behind a backslash; the digits behind a `u` are looked at by themselves. */
const ESCAPED = Uint8Array.from({ length: 256 }, (_, byte) =>
  '"\\/bfnrtu'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

/** The closing quote of a key whose first byte is at `from`; -1 also where it has an escape. */
export function keyEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (IN_TEXT[bytes[at] ?? 0] === 0) at += 1;
  return bytes[at] === QUOTE && bytes[at + 1] === COLON ? at : -1;
}

/** The closing quote of the text whose first byte is at `from`, or -1. */
export function textEnd(bytes: Buffer, from: number): number {
  for (let at = from; ; at += 1) {
    while (IN_TEXT[bytes[at] ?? 0] === 0) at += 1;
    if (bytes[at] === QUOTE) return at;
    if (bytes[at] !== BACKSLASH) return -1;
    at += 1;
    const escaped = bytes[at] ?? 0;
    if (ESCAPED[escaped] === 0) return -1;
    if (escaped === LETTER_U && !isHex(bytes, at + 1)) return -1;
    if (escaped === LETTER_U) at += 4;
  }
}

/** The closing quote of a text of ASCII without escapes whose first byte is at `from`, or -1. */
export function plainEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (IN_TEXT[bytes[at] ?? 0] === 0 && (bytes[at] ?? 0) < 0x80) at += 1;
  return bytes[at] === QUOTE ? at : -1;
}

/** The byte behind the value at `from`, or -1. */
export function behindValue(bytes: Buffer, from: number, depth = 0): number {
  const first = bytes[from] ?? 0;
  if (first === QUOTE) {
    const close = textEnd(bytes, from + 1);
    return close === -1 ? -1 : close + 1;
  }
  if (isDigit(first)) return behindDigits(bytes, from);
  if (first === OPEN) return behindObject(bytes, from, depth);
  if (first === OPEN_LIST) return behindList(bytes, from, depth);
  for (const word of WORDS) if (startsWith(bytes, from, word)) return from + word.length;
  return -1;
}

function behindObject(bytes: Buffer, from: number, depth: number): number {
  if (bytes[from + 1] === CLOSE) return from + 2;
  if (depth > MOST_NESTED) return -1;
  for (let at = from + 1; ; at += 1) {
    const close = bytes[at] === QUOTE ? keyEnd(bytes, at + 1) : -1;
    if (close === -1) return -1;
    at = behindValue(bytes, close + 2, depth + 1);
    if (at === -1) return -1;
    if (bytes[at] === CLOSE) return at + 1;
    if (bytes[at] !== COMMA) return -1;
  }
}

function behindList(bytes: Buffer, from: number, depth: number): number {
  if (bytes[from + 1] === CLOSE_LIST) return from + 2;
  if (depth > MOST_NESTED) return -1;
  for (let at = from + 1; ; at += 1) {
    at = behindValue(bytes, at, depth + 1);
    if (at === -1) return -1;
    if (bytes[at] === CLOSE_LIST) return at + 1;
    if (bytes[at] !== COMMA) return -1;
  }
}

/** The byte behind the whole number, without sign or exponent, at `from`; or -1. */
export function behindDigits(bytes: Buffer, from: number): number {
  let at = from;
  while (isDigit(bytes[at] ?? 0)) at += 1;
  const length = at - from;
  if (length === 0 || (length > 1 && bytes[from] === ZERO)) return -1;
  const next = bytes[at];
  return next === COMMA || next === CLOSE || next === CLOSE_LIST ? at : -1;
}

/** The number whose digits are these bytes; -1 where they are more than nine. */
export function wholeNumber(bytes: Buffer, from: number, to: number): number {
  if (to - from > MOST_DIGITS) return -1;
  let number = 0;
  for (let at = from; at < to; at += 1) number = number * 10 + (bytes[at] ?? 0) - ZERO;
  return number;
}

/** Whether that word stands at `from`. */
export function startsWith(bytes: Buffer, from: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i += 1) if (bytes[from + i] !== word[i]) return false;
  return true;
}

/** Whether `null` stands at `from`. */
export function isNull(bytes: Buffer, from: number): boolean {
  return WORDS[0] !== undefined && startsWith(bytes, from, WORDS[0]);
}

function isHex(bytes: Buffer, from: number): boolean {
  for (let at = from; at < from + 4; at += 1) {
    const byte = bytes[at] ?? 0;
    const letter = byte | 0x20;
    if (!isDigit(byte) && (letter < 0x61 || letter > 0x66)) return false;
  }
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}
