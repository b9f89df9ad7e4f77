import { FILE, INPUT, note } from './columns';
import {
  behindKey,
  behindValue,
  CLOSE,
  CLOSE_LIST,
  COMMA,
  isDigit,
  isWord,
  OPEN,
  OPEN_LIST,
  QUOTE,
  textEnd,
} from './json';

/** Objects and lists within an input that are looked into; see `DEEPEST` of the rules. */
const DEEPEST: i32 = 8;

/** The keys of all objects that are open: where each stands, and its length. */
const MOST_KEYS: i32 = 256;
const MOST_IN_ONE: i32 = 48;
const keys: i32 = <i32>memory.data(MOST_KEYS * 8, 16);
let keyCount: i32 = 0;

// The names of files, which come in this order whatever theirs is.
let filePath: i32 = 0;
let notebookPath: i32 = 0;
let path: i32 = 0;

/** Notes the texts within what a tool was given; false where it isn't for here. */
export function readInput(at: i32): bool {
  if (load<u8>(at) !== OPEN) return false;
  keyCount = 0;
  filePath = 0;
  notebookPath = 0;
  path = 0;
  if (readFields(at, -1) === -1) return false;
  return noteFile(filePath) && noteFile(notebookPath) && noteFile(path);
}

function noteFile(at: i32): bool {
  return at === 0 || load<u8>(at) !== QUOTE || note(FILE, at + 1, textEnd(at + 1));
}

function readFields(at: i32, depth: i32): i32 {
  if (load<u8>(at + 1) === CLOSE) return at + 2;
  const before = keyCount;
  while (true) {
    const key = at + 2;
    const value = behindKey(at + 1);
    if (value === -1 || !isInOrder(key, value - 2 - key, before)) return -1;
    at = depth === -1 && isFile(key, value) ? behindValue(value) : readValue(value, depth + 1);
    if (at === -1) return -1;
    const next = load<u8>(at);
    if (next === CLOSE) break;
    if (next !== COMMA) return -1;
  }
  keyCount = before;
  return at + 1;
}

function isFile(key: i32, value: i32): bool {
  const length = value - 2 - key;
  if (length === 9 && isWord(key, 'file_path')) filePath = value;
  else if (length === 13 && isWord(key, 'notebook_path')) notebookPath = value;
  else if (length === 4 && isWord(key, 'path')) path = value;
  else return false;
  return true;
}

// Values come in the order of their keys, but for numbers, and the last of those given twice.
function isInOrder(key: i32, length: i32, before: i32): bool {
  if (length === 0 || isDigit(load<u8>(key))) return false;
  if (keyCount === MOST_KEYS || keyCount - before === MOST_IN_ONE) return false;
  for (let i = before; i < keyCount; i += 1) {
    if (load<i32>(keys + i * 8, 4) !== length) continue;
    if (memory.compare(load<i32>(keys + i * 8), key, length) === 0) return false;
  }
  store<i32>(keys + keyCount * 8, key);
  store<i32>(keys + keyCount * 8, length, 4);
  keyCount += 1;
  return true;
}

function readValue(at: i32, depth: i32): i32 {
  const first = load<u8>(at);
  if (first === QUOTE) {
    const end = textEnd(at + 1);
    return end !== -1 && note(INPUT, at + 1, end) ? end + 1 : -1;
  }
  if (first !== OPEN && first !== OPEN_LIST) return behindValue(at);
  if (depth > DEEPEST) return -1;
  return first === OPEN ? readFields(at, depth) : readItems(at, depth);
}

function readItems(at: i32, depth: i32): i32 {
  if (load<u8>(at + 1) === CLOSE_LIST) return at + 2;
  while (true) {
    at = readValue(at + 1, depth + 1);
    if (at === -1) return -1;
    const next = load<u8>(at);
    if (next === CLOSE_LIST) return at + 1;
    if (next !== COMMA) return -1;
  }
}
