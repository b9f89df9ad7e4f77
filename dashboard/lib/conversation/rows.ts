import type { Located } from '@claude-optimizer/protocol';

/** A run of rows that belong to one thread; or the line that a thread begins with. */
export type Stretch =
  | { kind: 'passages'; thread: string; from: number; count: number; depth: number }
  | { kind: 'head'; thread: string; count: 1; depth: number };

export type Row =
  | { kind: 'passage'; thread: string; index: number; depth: number }
  | { kind: 'head'; thread: string; depth: number };

export type Rows = { stretches: readonly Stretch[]; starts: readonly number[]; count: number };

/** Where each opened thread hangs: under a passage, or (null) at the end. */
export type OpenThreads = ReadonlyMap<string, Located | null>;

const DEEPEST = 6;

/**
 * The rows of a conversation in order: the main thread's passages, those of opened threads after
 * the call that started them, and at the end the threads without a call.
 */
export function rowsOf(
  open: OpenThreads,
  ends: readonly string[],
  countOf: (thread: string) => number,
): Rows {
  const stretches: Stretch[] = [];
  const addThread = (thread: string, depth: number, within: readonly string[]) => {
    const count = countOf(thread);
    const inner = [...open]
      .filter(([name, at]) => at?.thread === thread && at.index < count && !within.includes(name))
      .sort((a, b) => (a[1]?.index ?? 0) - (b[1]?.index ?? 0));
    let from = 0;
    for (const [name, at] of inner) {
      const end = (at?.index ?? 0) + 1;
      add({ kind: 'passages', thread, from, count: end - from, depth });
      from = end;
      if (depth < DEEPEST) addThread(name, depth + 1, [...within, name]);
    }
    add({ kind: 'passages', thread, from, count: count - from, depth });
  };
  const add = (stretch: Stretch) => {
    if (stretch.count > 0) stretches.push(stretch);
  };
  addThread('main', 0, ['main']);
  for (const thread of ends) {
    add({ kind: 'head', thread, count: 1, depth: 0 });
    if (open.has(thread)) addThread(thread, 1, [thread]);
  }
  const starts: number[] = [];
  let count = 0;
  for (const stretch of stretches) {
    starts.push(count);
    count += stretch.count;
  }
  return { stretches, starts, count };
}

/** The row with a number. */
export function rowAt({ stretches, starts }: Rows, number: number): Row | null {
  const at = lastAtMost(starts, number);
  const stretch = stretches[at];
  if (!stretch) return null;
  const { thread, depth } = stretch;
  if (stretch.kind === 'head') return { kind: 'head', thread, depth };
  const index = stretch.from + number - (starts[at] ?? 0);
  return index < stretch.from + stretch.count ? { kind: 'passage', thread, index, depth } : null;
}

/** The number of the row that shows a passage; -1 where its thread isn't open. */
export function rowOf({ stretches, starts }: Rows, { thread, index }: Located): number {
  const at = stretches.findIndex(
    (stretch) =>
      stretch.kind === 'passages' &&
      stretch.thread === thread &&
      index >= stretch.from &&
      index < stretch.from + stretch.count,
  );
  const stretch = stretches[at];
  if (stretch?.kind !== 'passages') return -1;
  return (starts[at] ?? 0) + index - stretch.from;
}

/** How many of the rising `values` are at most `most`. */
export function countUntil(values: readonly number[], most: number): number {
  return lastAtMost(values, most) + 1;
}

function lastAtMost(values: readonly number[], most: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= most) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
