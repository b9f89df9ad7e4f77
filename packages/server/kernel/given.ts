import { FILE, INPUT, note } from './columns';
import {
  behindFields,
  behindItems,
  behindValue,
  isDigit,
  isWord,
  keyLength,
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
/** Where those of the innermost one begin. */
let firstKey: i32 = 0;

// The names of files, which come in this order whatever theirs is.
let filePath: i32 = 0;
let notebookPath: i32 = 0;
let path: i32 = 0;

/** Notes the texts within what a tool was given; false where it isn't for here. */
export function readInput(at: i32): bool {
  keyCount = 0;
  firstKey = 0;
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
  const outer = firstKey;
  const first = keyCount;
  firstKey = first;
  const behind = behindFields(at, depth, (key, value, depth) => {
    if (!isInOrder(key, keyLength(key, value))) return -1;
    return depth === -1 && isFile(key, value) ? behindValue(value) : readValue(value, depth + 1);
  });
  firstKey = outer;
  keyCount = first;
  return behind;
}

function isFile(key: i32, value: i32): bool {
  const length = keyLength(key, value);
  if (length === 9 && isWord(key, 'file_path')) filePath = value;
  else if (length === 13 && isWord(key, 'notebook_path')) notebookPath = value;
  else if (length === 4 && isWord(key, 'path')) path = value;
  else return false;
  return true;
}

// Values come in the order of their keys, but for numbers, and the last of those given twice.
function isInOrder(key: i32, length: i32): bool {
  if (length === 0 || isDigit(load<u8>(key))) return false;
  if (keyCount === MOST_KEYS || keyCount - firstKey === MOST_IN_ONE) return false;
  for (let i = firstKey; i < keyCount; i += 1) {
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
  return behindItems(at, depth, (value, depth) => readValue(value, depth + 1));
}
