// Finds the lines that tell usage among the bytes of a transcript and reads it from them. Compiled
// to WebAssembly by `npm run kernel`; see src/usage-scan/usage-kernel.ts for who calls it.
import {
  at,
  countOf,
  ID,
  INPUT,
  lengthOf,
  MODEL,
  OUTPUT,
  READ,
  readRecord,
  REQUEST_ID,
  SEARCHES,
  SPEED,
  STOP_REASON,
  tellsNothing,
  textOf,
  TIER,
  written,
  WRITTEN_1H,
} from './record';
import { isWord } from './json';

const LF: u8 = 0x0a;

/** What was found, one after another, each of `WIDTH` bytes; the texts of it behind them. */
const WIDTH: i32 = 64;
const MOST_FOUND: i32 = 1_024;
const TEXT_BYTES: i32 = 128 * 1_024;
/** Longer names are left to the whole reader. */
const MOST_TEXT: i32 = 256;
export const found: i32 = <i32>((__heap_base + 63) & ~63);
const textsOfFound: i32 = found + MOST_FOUND * WIDTH;
/** Where the bytes of a transcript are put. */
export const input: i32 = textsOfFound + TEXT_BYTES;

// Kinds of what is found.
const ODD: i32 = 0;
const PLAIN: i32 = 1;

/** Where to go on when there was no room for more. */
export let next: i32 = 0;
let textEnd: i32 = 0;
let lastLine: i32 = 0;

/** Looks for usage from `from` to `to`, both between lines. How many lines were found. */
export function scan(from: i32, to: i32): i32 {
  textEnd = textsOfFound;
  lastLine = 0;
  let count = 0;
  next = to;
  let start = from;
  for (let hit = keyFrom(from, to); hit !== -1; hit = keyFrom(start, to)) {
    if (count === MOST_FOUND || textEnd + 2 * MOST_TEXT > textsOfFound + TEXT_BYTES) {
      next = start;
      break;
    }
    const line = lineStart(hit, start);
    let end = readRecord(line);
    const isWhole = end !== -1 && (end === to || load<u8>(end) === LF);
    const isShort = lengthOf(ID) + lengthOf(REQUEST_ID) + lengthOf(MODEL) <= MOST_TEXT;
    if (!isWhole || !isShort) {
      end = lineEnd(hit, to);
      put(count, ODD, line, end);
      lastLine = 0;
      count += 1;
    } else if (!tellsNothing()) {
      put(count, PLAIN, line, end);
      putUsage(found + count * WIDTH);
      count += 1;
    }
    start = end;
  }
  return count;
}

function put(index: i32, kind: i32, start: i32, end: i32): void {
  const place = found + index * WIDTH;
  store<i32>(place, kind);
  store<i32>(place, start, 4);
  store<i32>(place, end, 8);
}

function putUsage(place: i32): void {
  const isSame = lastLine !== 0 && isSameResponse(lastLine);
  if (isSame) memory.copy(place + 12, lastLine + 12, 12);
  else putNames(place);
  const cacheWrite1h = countOf(WRITTEN_1H);
  store<i32>(place, (isSame ? 8 : 0) | flags(), 24);
  store<i32>(place, countOf(INPUT), 28);
  store<i32>(place, countOf(OUTPUT), 32);
  store<i32>(place, written() - cacheWrite1h, 36);
  store<i32>(place, cacheWrite1h, 40);
  store<i32>(place, countOf(READ), 44);
  store<i32>(place, countOf(SEARCHES), 48);
  store<f64>(place, <f64>at, 56);
  lastLine = place;
}

/** Keeps by what the response is known, and its model. */
function putNames(place: i32): void {
  const from = textEnd;
  keep(ID);
  if (lengthOf(REQUEST_ID) > 0) {
    store<u8>(textEnd, 0);
    textEnd += 1;
    keep(REQUEST_ID);
  }
  store<i32>(place, from, 12);
  store<i32>(place, textEnd - from, 16);
  store<i32>(place, lengthOf(MODEL), 20);
  keep(MODEL);
}

function flags(): i32 {
  const isFast = lengthOf(SPEED) === 4 && isWord(textOf(SPEED), 'fast');
  const isBatch = lengthOf(TIER) === 5 && isWord(textOf(TIER), 'batch');
  return (lengthOf(STOP_REASON) > 0 ? 1 : 0) | (isFast ? 2 : 0) | (isBatch ? 4 : 0);
}

function keep(field: i32): void {
  memory.copy(textEnd, textOf(field), lengthOf(field));
  textEnd += lengthOf(field);
}

function isSameResponse(place: i32): bool {
  const ids = load<i32>(place, 12);
  const length = load<i32>(place, 16);
  const request = lengthOf(REQUEST_ID);
  const behindId = ids + lengthOf(ID);
  if (length !== lengthOf(ID) + (request > 0 ? request + 1 : 0) || !isText(ID, ids)) return false;
  if (request > 0 && (load<u8>(behindId) !== 0 || !isText(REQUEST_ID, behindId + 1))) return false;
  return lengthOf(MODEL) === load<i32>(place, 20) && isText(MODEL, ids + length);
}

function isText(field: i32, text: i32): bool {
  return memory.compare(textOf(field), text, lengthOf(field)) === 0;
}

/** Every line that tells usage holds this key; inside a text its quotes would be escaped. */
function keyFrom(from: i32, to: i32): i32 {
  const quote = i8x16.splat(0x22);
  const letter = i8x16.splat(0x75);
  for (let at = from; at < to; at += 16) {
    let mask = i8x16.bitmask(
      v128.and(
        v128.and(i8x16.eq(v128.load(at), quote), i8x16.eq(v128.load(at, 1), letter)),
        i8x16.eq(v128.load(at, 6), quote),
      ),
    );
    for (; mask !== 0; mask &= mask - 1) {
      const hit = at + ctz(mask);
      if (hit + 7 > to) return -1;
      if (load<u32>(hit, 2) === 0x65676173) return hit;
    }
  }
  return -1;
}

/** Where the line that holds `at` begins, not before `first`. */
function lineStart(at: i32, first: i32): i32 {
  const lf = i8x16.splat(LF);
  for (at -= 16; at >= first; at -= 16) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(at), lf));
    if (mask !== 0) return at + 32 - clz(mask);
  }
  for (at += 15; at >= first; at -= 1) if (load<u8>(at) === LF) return at + 1;
  return first;
}

function lineEnd(at: i32, to: i32): i32 {
  const lf = i8x16.splat(LF);
  for (; at < to; at += 16) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(at), lf));
    if (mask !== 0) return min(at + ctz(mask), to);
  }
  return to;
}
