import { copyText } from './signs';

/** The columns of the index that an answer has something for. */
export const ANSWER: i32 = 0;
export const TOOL: i32 = 1;
export const FILE: i32 = 2;
export const INPUT: i32 = 3;

/** Texts of a line, in their order: which column they are of, where they begin and end. */
const MOST_TEXTS: i32 = 2_048;
const WIDTH: i32 = 12;
const texts: i32 = <i32>memory.data(MOST_TEXTS * WIDTH, 16);
let count: i32 = 0;
/** Of one column no more letters are indexed. */
const LONGEST: i32 = 64 * 1_024;

/** Where the column that was written last ends. */
export let columnEnd: i32 = 0;

/** Begins another line. */
export function clear(): void {
  count = 0;
}

/** Notes a text, unless it is empty; false where there is no room. */
export function note(column: i32, from: i32, to: i32): bool {
  if (from === to) return true;
  if (count === MOST_TEXTS) return false;
  const text = texts + count * WIDTH;
  store<i32>(text, column);
  store<i32>(text, from, 4);
  store<i32>(text, to, 8);
  count += 1;
  return true;
}

/** Writes the texts of a column, a newline between them; false: as much is not for here. */
export function write(column: i32, out: i32): bool {
  const begin = out;
  let bytes = 0;
  for (let i = 0; i < count; i += 1) {
    const text = texts + i * WIDTH;
    if (load<i32>(text) !== column) continue;
    const from = load<i32>(text, 4);
    const to = load<i32>(text, 8);
    bytes += to - from + 1;
    if (bytes > LONGEST) return false;
    if (out !== begin) {
      store<u8>(out, 0x0a);
      out += 1;
    }
    out = copyText(from, to, out);
    if (out === -1) return false;
  }
  columnEnd = out;
  return true;
}
