import {
  behindDigits,
  behindFields,
  behindItems,
  behindValue,
  isNull,
  isWord,
  keyLength,
  plainEnd,
  QUOTE,
  wholeNumber,
} from './json';
import { timeAt } from './time';

// What a field is, which is the number of its bit, its text and its count.
const NONE: i32 = -1;
const TYPE: i32 = 0;
const MESSAGE: i32 = 1;
export const REQUEST_ID: i32 = 2;
export const TIMESTAMP: i32 = 3;
export const ID: i32 = 4;
export const MODEL: i32 = 5;
export const STOP_REASON: i32 = 6;
const USAGE: i32 = 7;
export const INPUT: i32 = 8;
export const OUTPUT: i32 = 9;
export const READ: i32 = 10;
const WRITTEN: i32 = 11;
const SPLIT: i32 = 12;
const SERVER_TOOLS: i32 = 13;
const ITERATIONS: i32 = 14;
export const SPEED: i32 = 15;
export const TIER: i32 = 16;
const WRITTEN_5M: i32 = 17;
export const WRITTEN_1H: i32 = 18;
export const SEARCHES: i32 = 19;
const ITERATION_TYPE: i32 = 20;
const FIELDS: i32 = 21;
const NEEDED: i32 = (1 << TYPE) | (1 << TIMESTAMP) | (1 << USAGE);

// The objects whose fields matter.
const IN_RECORD: i32 = 0;
const IN_MESSAGE: i32 = 1;
const IN_USAGE: i32 = 2;
const IN_SPLIT: i32 = 3;
const IN_SERVER_TOOLS: i32 = 4;
const IN_ITERATION: i32 = 5;

/** Where each field's text begins and ends, two numbers each; its count. */
const texts: i32 = <i32>memory.data(FIELDS * 8, 16);
const counts: i32 = <i32>memory.data(FIELDS * 4, 16);
let met: i32 = 0;
let isUsers: bool = false;
/** When it was written, in epoch ms. */
export let at: i64 = 0;

/**
 * Reads the record that begins at `start` without making anything of what doesn't matter: the byte
 * behind it; -1 where it isn't all as the client writes it, or odd in any way: spaces, a field given
 * twice, an escape in a name, a count that is none, an advisor.
 */
export function readRecord(start: i32): i32 {
  met = 0;
  isUsers = false;
  memory.fill(texts, 0, FIELDS * 8);
  memory.fill(counts, 0, FIELDS * 4);
  const end = readObject(start, IN_RECORD);
  if (end === -1 || isUsers) return end;
  if ((met & NEEDED) !== NEEDED || lengthOf(ID) === 0 || lengthOf(MODEL) === 0) return -1;
  const isSynthetic = lengthOf(MODEL) === 11 && isWord(textOf(MODEL), '<synthetic>');
  return isSynthetic || !splitAddsUp() ? -1 : end;
}

/** Whether it is the person's, which tells no usage whatever stands in it. */
export function tellsNothing(): bool {
  return isUsers;
}

export function textOf(field: i32): i32 {
  return load<i32>(texts + field * 8);
}

export function lengthOf(field: i32): i32 {
  return load<i32>(texts + field * 8, 4) - textOf(field);
}

export function countOf(field: i32): i32 {
  return load<i32>(counts + field * 4);
}

/** Cache writes of all kinds together. */
export function written(): i32 {
  return hasMet(WRITTEN) ? countOf(WRITTEN) : split();
}

function split(): i32 {
  return countOf(WRITTEN_5M) + countOf(WRITTEN_1H);
}

// With several iterations the split is of the last one: the whole reader adds them up.
function splitAddsUp(): bool {
  if (!hasMet(WRITTEN) || split() === countOf(WRITTEN)) return true;
  return split() === 0 && !hasMet(ITERATION_TYPE);
}

function hasMet(field: i32): bool {
  return (met & (1 << field)) !== 0;
}

/** Reads the object at `at`: the byte behind it, or -1. */
function readObject(at: i32, within: i32): i32 {
  return behindFields(at, within, (key, value, within) => {
    const field = fieldOf(key, keyLength(key, value), within);
    return field === NONE ? behindValue(value) : readField(field, value);
  });
}

function fieldOf(key: i32, length: i32, within: i32): i32 {
  switch (within) {
    case IN_RECORD:
      if (length === 4 && isWord(key, 'type')) return TYPE;
      if (length === 7 && isWord(key, 'message')) return MESSAGE;
      if (length === 9 && isWord(key, 'requestId')) return REQUEST_ID;
      if (length === 9 && isWord(key, 'timestamp')) return TIMESTAMP;
      return NONE;
    case IN_MESSAGE:
      if (length === 2 && isWord(key, 'id')) return ID;
      if (length === 5 && isWord(key, 'model')) return MODEL;
      if (length === 5 && isWord(key, 'usage')) return USAGE;
      if (length === 11 && isWord(key, 'stop_reason')) return STOP_REASON;
      return NONE;
    case IN_USAGE:
      return fieldOfUsage(key, length);
    case IN_SPLIT:
      if (length !== 25) return NONE;
      if (isWord(key, 'ephemeral_5m_input_tokens')) return WRITTEN_5M;
      return isWord(key, 'ephemeral_1h_input_tokens') ? WRITTEN_1H : NONE;
    case IN_SERVER_TOOLS:
      return length === 19 && isWord(key, 'web_search_requests') ? SEARCHES : NONE;
    default:
      return length === 4 && isWord(key, 'type') ? ITERATION_TYPE : NONE;
  }
}

function fieldOfUsage(key: i32, length: i32): i32 {
  switch (length) {
    case 5:
      return isWord(key, 'speed') ? SPEED : NONE;
    case 10:
      return isWord(key, 'iterations') ? ITERATIONS : NONE;
    case 12:
      if (isWord(key, 'input_tokens')) return INPUT;
      return isWord(key, 'service_tier') ? TIER : NONE;
    case 13:
      return isWord(key, 'output_tokens') ? OUTPUT : NONE;
    case 14:
      return isWord(key, 'cache_creation') ? SPLIT : NONE;
    case 15:
      return isWord(key, 'server_tool_use') ? SERVER_TOOLS : NONE;
    case 23:
      return isWord(key, 'cache_read_input_tokens') ? READ : NONE;
    case 27:
      return isWord(key, 'cache_creation_input_tokens') ? WRITTEN : NONE;
    default:
      return NONE;
  }
}

/** Takes the field whose value is at `from`: the byte behind it, or -1. */
function readField(field: i32, from: i32): i32 {
  // Of a field given twice the last counts, with all that is in it.
  if (hasMet(field)) return -1;
  met |= 1 << field;
  switch (field) {
    case TYPE:
      return readType(from);
    case MESSAGE:
      return isUsers ? behindValue(from) : readObject(from, IN_MESSAGE);
    case USAGE:
      return readObject(from, IN_USAGE);
    case SPLIT:
      return isNull(from) ? from + 4 : readObject(from, IN_SPLIT);
    case SERVER_TOOLS:
      return isNull(from) ? from + 4 : readObject(from, IN_SERVER_TOOLS);
    case ITERATIONS:
      return readIterations(from);
    case ITERATION_TYPE:
      return isWord(from, '"message"') ? from + 9 : -1;
    case TIMESTAMP:
      return readTime(from);
    case REQUEST_ID:
    case ID:
    case MODEL:
    case STOP_REASON:
    case SPEED:
    case TIER:
      return readText(field, from);
    default:
      return readCount(field, from);
  }
}

function readType(from: i32): i32 {
  if (isWord(from, '"assistant"')) return from + 11;
  isUsers = isWord(from, '"user"');
  return isUsers ? from + 6 : -1;
}

// All of them of the response itself: an advisor's are billed each by its own model.
function readIterations(at: i32): i32 {
  return behindItems(at, IN_ITERATION, (value, within) => {
    met &= ~(1 << ITERATION_TYPE);
    const behind = readObject(value, within);
    return hasMet(ITERATION_TYPE) ? behind : -1;
  });
}

function readCount(field: i32, from: i32): i32 {
  const behind = behindDigits(from);
  const count = wholeNumber(from, behind);
  store<i32>(counts + field * 4, count);
  return count === -1 ? -1 : behind;
}

/** Takes a text of plain letters, or null as none. */
function readText(field: i32, from: i32): i32 {
  if (isNull(from)) return from + 4;
  const end = load<u8>(from) === QUOTE ? plainEnd(from + 1) : -1;
  if (end === -1) return -1;
  store<i32>(texts + field * 8, from + 1);
  store<i32>(texts + field * 8, end, 4);
  return end + 1;
}

function readTime(from: i32): i32 {
  const behind = readText(TIMESTAMP, from);
  at = behind !== -1 && lengthOf(TIMESTAMP) === 24 ? timeAt(textOf(TIMESTAMP)) : -1;
  return at === -1 ? -1 : behind;
}
