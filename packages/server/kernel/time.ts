import { isDigit } from './json';

const DAY_MS: i64 = 86_400_000;

/** Epoch ms of `2026-03-29T01:59:59.123Z` at `at`; -1 where it is written in any other way. */
export function timeAt(at: i32): i64 {
  if (load<u8>(at + 4) !== 0x2d || load<u8>(at + 7) !== 0x2d || load<u8>(at + 10) !== 0x54)
    return -1;
  if (load<u8>(at + 13) !== 0x3a || load<u8>(at + 16) !== 0x3a || load<u8>(at + 19) !== 0x2e)
    return -1;
  if (load<u8>(at + 23) !== 0x5a) return -1;
  const year = digits(at, 4);
  const month = digits(at + 5, 2);
  const day = digits(at + 8, 2);
  const hour = digits(at + 11, 2);
  const minute = digits(at + 14, 2);
  const second = digits(at + 17, 2);
  const ms = digits(at + 20, 3);
  if (min(min(hour, minute), min(second, ms)) < 0 || hour > 23 || minute > 59 || second > 59)
    return -1;
  // Whether a month has a 29th, a 30th and a 31st the whole reader knows; so it does years long ago.
  if (year < 1970 || month < 1 || month > 12 || day < 1) return -1;
  if (day > 28 && day > daysIn(year, month)) return -1;
  const inDay = ((hour * 60 + minute) * 60 + second) * 1_000 + ms;
  return daysSince1970(year, month, day) * DAY_MS + inDay;
}

function digits(at: i32, count: i32): i32 {
  let number = 0;
  for (let i = 0; i < count; i += 1) {
    const byte = load<u8>(at + i);
    if (!isDigit(byte)) return -1;
    number = number * 10 + (byte - 0x30);
  }
  return number;
}

function daysIn(year: i32, month: i32): i32 {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

// Years begin with March, so that the day that only some have comes last.
function daysSince1970(year: i32, month: i32, day: i32): i64 {
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  const era = y / 400;
  const ofEra = y - era * 400;
  const ofYear = (153 * m + 2) / 5 + day - 1;
  return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
}
