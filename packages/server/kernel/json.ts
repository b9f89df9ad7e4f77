// JSON read from bytes as the client writes it: without spaces. Where anything else stands these
// answer -1, and the whole reader decides. Sixteen bytes are looked at together; whoever calls
// keeps so many zeroes behind the last one.

export const QUOTE: u8 = 0x22;
export const COMMA: u8 = 0x2c;
export const COLON: u8 = 0x3a;
export const OPEN: u8 = 0x7b;
export const CLOSE: u8 = 0x7d;
export const OPEN_LIST: u8 = 0x5b;
export const CLOSE_LIST: u8 = 0x5d;
const BACKSLASH: u8 = 0x5c;
const SPACE: u8 = 0x20;
const ZERO: u8 = 0x30;
const MINUS: u8 = 0x2d;
const PLUS: u8 = 0x2b;
const POINT: u8 = 0x2e;
const MOST_NESTED: i32 = 64;
const MOST_DIGITS: i32 = 9;

/** The next byte from `at` on that ends a text, escapes within it or can't stand in it. */
function nextInText(at: i32): i32 {
  while (true) {
    const bytes = v128.load(at);
    const ends = v128.or(
      i8x16.eq(bytes, i8x16.splat(QUOTE)),
      v128.or(i8x16.eq(bytes, i8x16.splat(BACKSLASH)), i8x16.lt_u(bytes, i8x16.splat(SPACE))),
    );
    const mask = i8x16.bitmask(ends);
    if (mask !== 0) return at + ctz(mask);
    at += 16;
  }
}

/** The closing quote of the text whose first byte is at `at`, or -1. */
export function textEnd(at: i32): i32 {
  while (true) {
    at = nextInText(at);
    const byte = load<u8>(at);
    if (byte === QUOTE) return at;
    if (byte !== BACKSLASH) return -1;
    at = behindEscape(at + 1);
    if (at === -1) return -1;
  }
}

function behindEscape(at: i32): i32 {
  switch (load<u8>(at)) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f: // '/'
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return at + 1;
    case 0x75: // u
      for (let i = 1; i <= 4; i += 1) if (!isHex(load<u8>(at + i))) return -1;
      return at + 5;
    default:
      return -1;
  }
}

/** The closing quote of a text of ASCII without escapes whose first byte is at `at`, or -1. */
export function plainEnd(at: i32): i32 {
  const end = nextInText(at);
  if (load<u8>(end) !== QUOTE) return -1;
  for (; at < end; at += 1) if (load<u8>(at) >= 0x80) return -1;
  return end;
}

/** The byte behind a key and its colon; `at` is its opening quote. -1 also where it has an escape. */
export function behindKey(at: i32): i32 {
  if (load<u8>(at) !== QUOTE) return -1;
  const end = nextInText(at + 1);
  return load<u8>(end) === QUOTE && load<u8>(end + 1) === COLON ? end + 2 : -1;
}

/** The byte behind the value at `at`, or -1. */
export function behindValue(at: i32): i32 {
  // A bit for each object or list that is open: 1 for an object.
  let open: u64 = 0;
  let depth = 0;
  while (true) {
    const first = load<u8>(at);
    if ((first === OPEN || first === OPEN_LIST) && load<u8>(at + 1) !== first + 2) {
      if (depth === MOST_NESTED) return -1;
      depth += 1;
      open = (open << 1) | (first === OPEN ? 1 : 0);
      at = first === OPEN ? behindKey(at + 1) : at + 1;
      if (at === -1) return -1;
      continue;
    }
    at = first === OPEN || first === OPEN_LIST ? at + 2 : behindPlain(at, first);
    if (at === -1) return -1;
    while (depth > 0) {
      const inObject = (open & 1) === 1;
      const next = load<u8>(at);
      at += 1;
      if (next === COMMA) {
        if (inObject) at = behindKey(at);
        break;
      }
      if (next !== (inObject ? CLOSE : CLOSE_LIST)) return -1;
      open >>= 1;
      depth -= 1;
    }
    if (at === -1 || depth === 0) break;
  }
  return at;
}

/**
 * The byte behind the object at `at`, or -1. `read` is given where each key and its value begin, and
 * what it is `within`; it tells the byte behind the value, or -1. It costs no call: it is known here.
 */
@inline
export function behindFields(
  at: i32,
  within: i32,
  read: (key: i32, value: i32, within: i32) => i32,
): i32 {
  if (load<u8>(at) !== OPEN) return -1;
  if (load<u8>(at + 1) === CLOSE) return at + 2;
  while (true) {
    const key = at + 2;
    const value = behindKey(at + 1);
    if (value === -1) return -1;
    at = read(key, value, within);
    if (at === -1) return -1;
    const next = load<u8>(at);
    if (next === CLOSE) return at + 1;
    if (next !== COMMA) return -1;
  }
}

/** How long a key is, of which the value begins at `value`. */
@inline
export function keyLength(key: i32, value: i32): i32 {
  return value - 2 - key;
}

/** The byte behind the list at `at`, or -1; `read` as of fields. */
@inline
export function behindItems(at: i32, within: i32, read: (value: i32, within: i32) => i32): i32 {
  if (load<u8>(at) !== OPEN_LIST) return -1;
  if (load<u8>(at + 1) === CLOSE_LIST) return at + 2;
  while (true) {
    at = read(at + 1, within);
    if (at === -1) return -1;
    const next = load<u8>(at);
    if (next === CLOSE_LIST) return at + 1;
    if (next !== COMMA) return -1;
  }
}

function behindPlain(at: i32, first: u8): i32 {
  if (first === QUOTE) {
    const end = textEnd(at + 1);
    return end === -1 ? -1 : end + 1;
  }
  if (isDigit(first) || first === MINUS) return behindNumber(at);
  // null, true, false
  const word = load<u32>(at);
  if (word === 0x6c6c756e || word === 0x65757274) return at + 4;
  return word === 0x736c6166 && load<u8>(at + 4) === 0x65 ? at + 5 : -1;
}

/** Whether `null` stands at `at`. */
export function isNull(at: i32): bool {
  return load<u32>(at) === 0x6c6c756e;
}

function behindNumber(at: i32): i32 {
  if (load<u8>(at) === MINUS) at += 1;
  let end = behindDigits(at);
  if (end === at || (end > at + 1 && load<u8>(at) === ZERO)) return -1;
  if (load<u8>(end) === POINT) {
    const from = end + 1;
    end = behindDigits(from);
    if (end === from) return -1;
  }
  if ((load<u8>(end) | 0x20) === 0x65) {
    const sign = load<u8>(end + 1);
    const from = sign === MINUS || sign === PLUS ? end + 2 : end + 1;
    end = behindDigits(from);
    if (end === from) return -1;
  }
  return end;
}

/** The byte behind the digits that begin at `at`, if there are any. */
export function behindDigits(at: i32): i32 {
  while (isDigit(load<u8>(at))) at += 1;
  return at;
}

/** The whole number without sign that these digits are; -1 where they are none, or more than nine. */
export function wholeNumber(from: i32, to: i32): i32 {
  const length = to - from;
  if (length === 0 || length > MOST_DIGITS || (length > 1 && load<u8>(from) === ZERO)) return -1;
  let number = 0;
  for (let at = from; at < to; at += 1) number = number * 10 + load<u8>(at) - ZERO;
  return number;
}

/** Whether these bytes are that word (of ASCII). */
export function isWord(from: i32, word: string): bool {
  const letters = changetype<usize>(word);
  for (let i = 0; i < word.length; i += 1) {
    if (load<u8>(from + i) !== <u8>load<u16>(letters + i * 2)) return false;
  }
  return true;
}

export function isDigit(byte: u8): bool {
  return byte - ZERO <= 9;
}

function isHex(byte: u8): bool {
  return isDigit(byte) || (byte | 0x20) - 0x61 <= 5;
}
