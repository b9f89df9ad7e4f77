const BACKSLASH: u8 = 0x5c;
const BLANK: u8 = 0x20;

/** A bit for each letter up to U+FFFF; beyond it there are others, which are not for here. */
const BITS: i32 = 65_536 / 8;
export const signs: i32 = <i32>memory.data(BITS, 16);
export const marks: i32 = <i32>memory.data(BITS, 16);

/** What was decoded, and the byte behind it. */
let letter: i32 = 0;

/**
 * Writes what the text from `at` to `end` says as UTF-8, each sign of a script without spaces (with
 * its marks) between two blanks: the byte behind it. -1 where that isn't for here.
 */
export function copyText(at: i32, end: i32, out: i32): i32 {
  let inSign = false;
  while (true) {
    const first = load<u8>(at);
    if (inSign && first < 0x80 && first !== BACKSLASH) {
      inSign = false;
      out = put(BLANK, out);
    }
    const bytes = v128.load(at);
    v128.store(out, bytes);
    // Of a byte beyond ASCII the first bit is set.
    const special = v128.or(bytes, i8x16.eq(bytes, i8x16.splat(BACKSLASH)));
    const plain = ctz(i8x16.bitmask(special) | 0x1_0000);
    at += plain;
    out += plain;
    if (at >= end) return out - (at - end);
    if (plain === 16) continue;
    at = load<u8>(at) === BACKSLASH ? behindEscape(at + 1) : behindLetter(at);
    if (at === -1) return -1;
    if (inSign && !isIn(marks, letter)) {
      inSign = false;
      out = put(BLANK, out);
    }
    if (isIn(signs, letter)) {
      inSign = true;
      out = put(BLANK, out);
    }
    out = put(letter, out);
  }
}

function isIn(table: i32, code: i32): bool {
  return code < 0x1_0000 && ((load<u8>(table + (code >> 3)) >> (<u8>(code & 7))) & 1) === 1;
}

// Which escapes there are was seen when the line was read.
function behindEscape(at: i32): i32 {
  const byte = load<u8>(at);
  switch (byte) {
    case 0x62: // b
      letter = 0x08;
      return at + 1;
    case 0x66: // f
      letter = 0x0c;
      return at + 1;
    case 0x6e: // n
      letter = 0x0a;
      return at + 1;
    case 0x72: // r
      letter = 0x0d;
      return at + 1;
    case 0x74: // t
      letter = 0x09;
      return at + 1;
    case 0x75: // u
      letter = (hex(at + 1) << 12) | (hex(at + 2) << 8) | (hex(at + 3) << 4) | hex(at + 4);
      return isHalf() ? -1 : at + 5;
    default:
      letter = byte;
      return at + 1;
  }
}

function hex(at: i32): i32 {
  const byte = <i32>load<u8>(at);
  return byte < 0x40 ? byte - 0x30 : (byte & 7) + 9;
}

function behindLetter(at: i32): i32 {
  const first = <i32>load<u8>(at);
  if (first < 0xc2) return -1;
  if (first < 0xe0) {
    if (!goesOn(at + 1)) return -1;
    letter = ((first & 0x1f) << 6) | bitsAt(at + 1);
    return at + 2;
  }
  if (!goesOn(at + 1) || !goesOn(at + 2)) return -1;
  if (first < 0xf0) {
    letter = ((first & 0x0f) << 12) | (bitsAt(at + 1) << 6) | bitsAt(at + 2);
    return letter < 0x800 || isHalf() ? -1 : at + 3;
  }
  if (first !== 0xf0 || !goesOn(at + 3)) return -1;
  letter = (bitsAt(at + 1) << 12) | (bitsAt(at + 2) << 6) | bitsAt(at + 3);
  // Pictures, which are neither signs nor marks, but for one.
  return letter >= 0x1_f000 && letter < 0x1_fc00 && letter !== 0x1_f200 ? at + 4 : -1;
}

// Half of a letter: what follows the other half is for JavaScript to tell.
function isHalf(): bool {
  return (letter & 0xf800) === 0xd800 && letter < 0x1_0000;
}

function goesOn(at: i32): bool {
  return (load<u8>(at) & 0xc0) === 0x80;
}

function bitsAt(at: i32): i32 {
  return load<u8>(at) & 0x3f;
}

function put(code: i32, out: i32): i32 {
  if (code < 0x80) {
    store<u8>(out, <u8>code);
    return out + 1;
  }
  if (code < 0x800) {
    store<u8>(out, <u8>(0xc0 | (code >> 6)));
    return putRest(code, out + 1);
  }
  if (code < 0x1_0000) {
    store<u8>(out, <u8>(0xe0 | (code >> 12)));
    return putRest(code, putRest(code >> 6, out + 1));
  }
  store<u8>(out, <u8>(0xf0 | (code >> 18)));
  return putRest(code, putRest(code >> 6, putRest(code >> 12, out + 1)));
}

function putRest(code: i32, out: i32): i32 {
  store<u8>(out, <u8>(0x80 | (code & 0x3f)));
  return out + 1;
}
