/** Something with a place in a day: minutes since midnight. */
export type Stretch = { from: number; to: number };
export type Placed<T> = { item: T; lane: number; lanes: number };

/**
 * Puts what overlaps side by side: each in the first lane that is free, and all that hang together
 * as wide as the most that overlap. In order of start.
 */
export function inLanes<T extends Stretch>(items: readonly T[]): Placed<T>[] {
  const placed: Placed<T>[] = [];
  let group: Placed<T>[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const each of group) each.lanes = ends.length;
    placed.push(...group);
    [group, ends] = [[], []];
  };
  for (const item of items.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (ends.every((end) => end <= item.from)) close();
    const free = ends.findIndex((end) => end <= item.from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = item.to;
    group.push({ item, lane, lanes: 1 });
  }
  close();
  return placed;
}
