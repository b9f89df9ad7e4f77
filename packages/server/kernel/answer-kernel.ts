// Takes out of the line of an answer what is searched of it, as the index takes it: four columns of
// UTF-8. The rules are those of core/search/searched-texts.ts; what is odd in any way is left to
// them. Compiled to WebAssembly by `npm run kernel`; see src/search/answer-kernel.ts for its caller.
import { readAnswer, time } from './answer';
import { ANSWER, columnEnd, FILE, INPUT, TOOL, write } from './columns';
import { marks, signs } from './signs';

/** Where JavaScript notes which letters are signs of a script without spaces, and which marks. */
export const signsAt: i32 = signs;
export const marksAt: i32 = marks;
/** From here on the memory is the caller's. */
export const free: i32 = <i32>((__heap_base + 63) & ~63);

/** When the answer was written, in epoch ms. */
export let at: i64 = 0;
/** Where each column ends, and the next one begins. */
export let answerEnd: i32 = 0;
export let toolEnd: i32 = 0;
export let fileEnd: i32 = 0;
export let inputEnd: i32 = 0;

/** Reads the line from `from` to `to` and writes its columns to `out`; false: it isn't read. */
export function read(from: i32, to: i32, out: i32): bool {
  if (readAnswer(from) !== to) return false;
  at = time;
  if (!write(ANSWER, out)) return false;
  answerEnd = columnEnd;
  if (!write(TOOL, answerEnd)) return false;
  toolEnd = columnEnd;
  if (!write(FILE, toolEnd)) return false;
  fileEnd = columnEnd;
  if (!write(INPUT, fileEnd)) return false;
  inputEnd = columnEnd;
  return true;
}
