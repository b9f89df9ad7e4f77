import type { AbandonedBranch, Located } from '@claude-optimizer/protocol';

/** A run of rows that belong to one thread; or the one line that a thread or a branch begins with. */
export type Stretch =
  | { kind: 'passages'; thread: string; from: number; count: number; depth: number }
  | { kind: 'head'; thread: string; count: 1; depth: number }
  | { kind: 'branch'; branch: AbandonedBranch; count: 1; depth: number };

export type Row =
  | { kind: 'passage'; thread: string; index: number; depth: number }
  | { kind: 'head'; thread: string; depth: number }
  | { kind: 'branch'; branch: AbandonedBranch; depth: number };

export type Rows = { stretches: readonly Stretch[]; starts: readonly number[]; count: number };

/** Where each opened thread hangs: under a passage, or (null) under its own line. */
export type OpenThreads = ReadonlyMap<string, Located | null>;

export type Arrangement = {
  open: OpenThreads;
  /** Threads without a call: after so many passages of the main thread each has a line of its own. */
  lines: readonly { thread: string; after: number }[];
  /** Branches of the main thread that the person left: folded unless they're open. */
  abandoned: readonly AbandonedBranch[];
  openBranches: ReadonlySet<number>;
  countOf: (thread: string) => number;
};

const DEEPEST = 6;
const MAIN = 'main';

/**
 * The rows of a conversation in order: the main thread's passages, those of opened threads after
 * the call that started them, and lines for threads without a call and for abandoned branches.
 */
export function rowsOf(arrangement: Arrangement): Rows {
  const { abandoned, openBranches, countOf } = arrangement;
  const arranging = new Arranging(arrangement);
  const total = countOf(MAIN);
  let from = 0;
  for (const branch of abandoned) {
    const end = branch.from + branch.count;
    // Of a moment before the person went back, it is what there was.
    if (end >= total) break;
    arranging.add(MAIN, from, branch.from, 0, [MAIN]);
    arranging.push({ kind: 'branch', branch, count: 1, depth: 0 });
    if (openBranches.has(branch.from)) arranging.add(MAIN, branch.from, end, 1, [MAIN]);
    from = end;
  }
  arranging.add(MAIN, from, total, 0, [MAIN]);
  return arranging.rows();
}

class Arranging {
  readonly #arrangement: Arrangement;
  readonly #lines: readonly Arrangement['lines'][number][];
  readonly #stretches: Stretch[] = [];
  /** How many of the lines have been put in. */
  #put = 0;

  constructor(arrangement: Arrangement) {
    this.#arrangement = arrangement;
    this.#lines = [...arrangement.lines].sort((a, b) => a.after - b.after);
  }

  push(stretch: Stretch): void {
    if (stretch.count > 0) this.#stretches.push(stretch);
  }

  /** Adds passages `first` to `end` of a thread with what hangs among them. */
  add(thread: string, first: number, end: number, depth: number, within: readonly string[]): void {
    const { open, countOf } = this.#arrangement;
    let from = first;
    const upTo = (to: number) => {
      this.push({ kind: 'passages', thread, from, count: to - from, depth });
      from = Math.max(from, to);
    };
    const inner = [...open]
      .flatMap(([name, at]) =>
        at?.thread === thread && at.index >= first && at.index < end && !within.includes(name)
          ? [{ name, after: at.index + 1 }]
          : [],
      )
      .sort((a, b) => a.after - b.after);
    for (const { name, after } of inner) {
      if (thread === MAIN) this.#linesUntil(after - 1, depth, upTo);
      upTo(after);
      if (depth < DEEPEST) this.add(name, 0, countOf(name), depth + 1, [...within, name]);
    }
    if (thread === MAIN) this.#linesUntil(end, depth, upTo);
    upTo(end);
  }

  #linesUntil(end: number, depth: number, upTo: (to: number) => void): void {
    const { open, countOf } = this.#arrangement;
    const isLast = end >= countOf(MAIN);
    for (let line = this.#lines[this.#put]; line; line = this.#lines[this.#put]) {
      const { thread, after } = line;
      if (after > end && !isLast) return;
      this.#put += 1;
      upTo(Math.min(after, end));
      this.push({ kind: 'head', thread, count: 1, depth });
      if (open.has(thread)) this.add(thread, 0, countOf(thread), depth + 1, [MAIN, thread]);
    }
  }

  rows(): Rows {
    const starts: number[] = [];
    let count = 0;
    for (const stretch of this.#stretches) {
      starts.push(count);
      count += stretch.count;
    }
    return { stretches: this.#stretches, starts, count };
  }
}

/** The row with a number. */
export function rowAt({ stretches, starts }: Rows, number: number): Row | null {
  const at = lastAtMost(starts, number);
  const stretch = stretches[at];
  if (!stretch) return null;
  const { depth } = stretch;
  const inStretch = number - (starts[at] ?? 0);
  if (inStretch >= stretch.count) return null;
  switch (stretch.kind) {
    case 'head':
      return { kind: 'head', thread: stretch.thread, depth };
    case 'branch':
      return { kind: 'branch', branch: stretch.branch, depth };
    case 'passages':
      return { kind: 'passage', thread: stretch.thread, index: stretch.from + inStretch, depth };
  }
}

/** The number of the row that shows a passage; -1 where its thread or branch isn't open. */
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
