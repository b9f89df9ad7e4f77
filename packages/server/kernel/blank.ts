/** Whether a text holds nothing but blanks: 1, 0, or -1 where that isn't for here. */
export function isBlank(at: i32, end: i32): i32 {
  while (at < end) {
    const byte = load<u8>(at);
    if (byte === 0x20) at += 1;
    else if (byte === 0x5c) {
      const kind = load<u8>(at + 1);
      // What is given by its number may be a blank, too.
      if (kind === 0x75) return -1;
      // n, r, t, f
      if (kind !== 0x6e && kind !== 0x72 && kind !== 0x74 && kind !== 0x66) return 0;
      at += 2;
    } else return mayBeBlank(byte, load<u8>(at + 1)) ? -1 : 0;
  }
  return 1;
}

// By the first two bytes of the blanks beyond ASCII, with which others begin, too.
function mayBeBlank(first: u8, second: u8): bool {
  switch (first) {
    case 0xc2:
      return second === 0xa0;
    case 0xe1:
      return second === 0x9a;
    case 0xe2:
      return second === 0x80 || second === 0x81;
    case 0xe3:
      return second === 0x80;
    case 0xef:
      return second === 0xbb;
    default:
      return false;
  }
}
