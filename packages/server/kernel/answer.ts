import { ANSWER, clear, note, TOOL } from './columns';
import { readInput } from './given';
import { behindFields, behindItems, behindValue, isWord, keyLength, QUOTE, textEnd } from './json';
import { isBlank } from './blank';
import { timeAt } from './time';

// What a field is, which is the number of its bit.
const NONE: i32 = -1;
const TYPE: i32 = 0;
const MESSAGE: i32 = 1;
const TIMESTAMP: i32 = 2;
const API_ERROR: i32 = 3;
const MODEL: i32 = 4;
const CONTENT: i32 = 5;
const NEEDED: i32 = (1 << TYPE) | (1 << MESSAGE) | (1 << TIMESTAMP) | (1 << CONTENT);

const IN_RECORD: i32 = 0;
const IN_MESSAGE: i32 = 1;

let met: i32 = 0;
/** When it was written, in epoch ms. */
export let time: i64 = 0;

/** Notes the texts of the answer that begins at `start`: the byte behind it, or -1. */
export function readAnswer(start: i32): i32 {
  met = 0;
  clear();
  const end = readObject(start, IN_RECORD);
  return (met & NEEDED) === NEEDED ? end : -1;
}

function readObject(at: i32, within: i32): i32 {
  return behindFields(at, within, (key, value, within) => {
    const field = fieldOf(key, keyLength(key, value), within);
    return field === NONE ? behindValue(value) : readField(field, value);
  });
}

function fieldOf(key: i32, length: i32, within: i32): i32 {
  if (within === IN_MESSAGE) {
    if (length === 5 && isWord(key, 'model')) return MODEL;
    return length === 7 && isWord(key, 'content') ? CONTENT : NONE;
  }
  if (length === 4 && isWord(key, 'type')) return TYPE;
  if (length === 7 && isWord(key, 'message')) return MESSAGE;
  if (length === 9 && isWord(key, 'timestamp')) return TIMESTAMP;
  return length === 17 && isWord(key, 'isApiErrorMessage') ? API_ERROR : NONE;
}

function readField(field: i32, from: i32): i32 {
  // Of a field given twice the last counts.
  if ((met & (1 << field)) !== 0) return -1;
  met |= 1 << field;
  switch (field) {
    case TYPE:
      return isWord(from, '"assistant"') ? from + 11 : -1;
    case MESSAGE:
      return readObject(from, IN_MESSAGE);
    case TIMESTAMP:
      if (load<u8>(from) !== QUOTE || load<u8>(from + 25) !== QUOTE) return -1;
      time = timeAt(from + 1);
      return time === -1 ? -1 : from + 26;
    case API_ERROR:
      return isWord(from, 'false') ? from + 5 : -1;
    case MODEL:
      // `<synthetic>` is the client speaking.
      return load<u8>(from) === QUOTE && load<u8>(from + 1) !== 0x3c ? behindPlain(from) : -1;
    default:
      return readContent(from);
  }
}

// A text in which nothing is escaped.
function behindPlain(from: i32): i32 {
  const end = textEnd(from + 1);
  if (end === -1) return -1;
  for (let at = from + 1; at < end; at += 1) if (load<u8>(at) === 0x5c) return -1;
  return end + 1;
}

function readContent(at: i32): i32 {
  return behindItems(at, IN_MESSAGE, (value, _within) => readBlock(value));
}

// Of a block, where the values of its fields stand; 0 for one that it hasn't.
let type: i32 = 0;
let text: i32 = 0;
let id: i32 = 0;
let name: i32 = 0;
let input: i32 = 0;

function readBlock(at: i32): i32 {
  type = 0;
  text = 0;
  id = 0;
  name = 0;
  input = 0;
  const behind = behindFields(at, IN_MESSAGE, (key, value, _within) =>
    isFirst(key, keyLength(key, value), value) ? behindValue(value) : -1,
  );
  return behind !== -1 && takeBlock() ? behind : -1;
}

// Notes a field of a block; false where it had that already.
function isFirst(key: i32, length: i32, value: i32): bool {
  if (length === 4) {
    if (isWord(key, 'type')) {
      if (type !== 0) return false;
      type = value;
    } else if (isWord(key, 'text')) {
      if (text !== 0) return false;
      text = value;
    } else if (isWord(key, 'name')) {
      if (name !== 0) return false;
      name = value;
    }
  } else if (length === 5 && isWord(key, 'input')) {
    if (input !== 0) return false;
    input = value;
  } else if (length === 2 && isWord(key, 'id')) {
    if (id !== 0) return false;
    id = value;
  }
  return true;
}

// Of any other kind there is no text to be searched, or it is for the whole rules to tell.
function takeBlock(): bool {
  if (type === 0) return false;
  if (isWord(type, '"text"')) return isText(text) && takeText();
  if (isWord(type, '"thinking"')) return true;
  if (!isWord(type, '"tool_use"') || !isName(id) || !isName(name)) return false;
  return note(TOOL, name + 1, textEnd(name + 1)) && input !== 0 && readInput(input);
}

function takeText(): bool {
  const from = text + 1;
  const to = textEnd(from);
  const blank = isBlank(from, to);
  if (blank === -1) return false;
  return blank === 1 || note(ANSWER, from, to);
}

function isText(at: i32): bool {
  return at !== 0 && load<u8>(at) === QUOTE;
}

function isName(at: i32): bool {
  return isText(at) && load<u8>(at + 1) !== QUOTE;
}
