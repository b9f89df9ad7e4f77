import type { Hunk } from '@claude-optimizer/protocol';

/** The most that is given of a passage, in characters, lines and entries. */
export type Bounds = {
  text: number;
  /** Of one text of a tool's input; of all together twice as much. */
  input: number;
  result: number;
  twin: number;
  /** Lines of changes. */
  lines: number;
  /** Entries of any list or object. */
  entries: number;
};

/** In a page of many; the rest is asked for by itself. */
export const PAGE_BOUNDS: Bounds = {
  text: 6_000,
  input: 6_000,
  result: 2_000,
  twin: 300,
  lines: 80,
  entries: 60,
};
/** For one alone. */
export const WHOLE_BOUNDS: Bounds = {
  text: 400_000,
  input: 400_000,
  result: 400_000,
  twin: 4_000,
  lines: 5_000,
  entries: 2_000,
};

/** For a file to take along: what was said is whole, what tools did is summed up. */
export const EXPORT_BOUNDS: Bounds = {
  text: 400_000,
  input: 3_000,
  result: 1_500,
  twin: 300,
  lines: 60,
  entries: 40,
};

const DEEPEST = 8;
/** A line of changes may be a whole file without a newline. */
const LONGEST_LINE = 2_000;

/** A JSON value with long texts, lists and depths cut; `cut` says whether anything was. */
export function boundValue(value: unknown, bounds: Bounds): { value: unknown; cut: boolean } {
  let cut = false;
  // What is left of the budget for all texts together, so that many long ones aren't many megabytes.
  let left = bounds.input * 2;
  const bound = (inner: unknown, depth: number): unknown => {
    if (typeof inner === 'string') {
      const most = Math.min(bounds.input, Math.max(left, 40));
      left -= Math.min(inner.length, most);
      if (inner.length <= most) return inner;
      cut = true;
      return inner.slice(0, most);
    }
    if (typeof inner !== 'object' || inner === null) return inner;
    if (depth >= DEEPEST) {
      cut = true;
      return '…';
    }
    const entries = Object.entries(inner);
    if (entries.length > bounds.entries) cut = true;
    const kept = entries
      .slice(0, bounds.entries)
      .map(([key, each]) => [key.slice(0, 200), bound(each, depth + 1)] as const);
    return Array.isArray(inner) ? kept.map(([, each]) => each) : Object.fromEntries(kept);
  };
  return { value: bound(value, 0), cut };
}

/** At most so many lines of changes. */
export function boundHunks(hunks: readonly Hunk[], most: number): { hunks: Hunk[]; cut: boolean } {
  const kept: Hunk[] = [];
  let left = most;
  let cut = false;
  for (const hunk of hunks) {
    if (left <= 0) return { hunks: kept, cut: true };
    const lines = hunk.lines.slice(0, left).map((line) => line.slice(0, LONGEST_LINE));
    cut ||= lines.length < hunk.lines.length || hunk.lines.some((l) => l.length > LONGEST_LINE);
    left -= lines.length;
    kept.push({ ...hunk, lines });
  }
  return { hunks: kept, cut };
}
