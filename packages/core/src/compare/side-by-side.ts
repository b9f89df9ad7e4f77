import type { Objective, SessionState, TouchedFile } from '@claude-optimizer/protocol';

/** One thing by name, and what each session has of it; null where a session has none. */
export type SideBySide<T> = { key: string; each: (T | null)[] };

/** Things of several sessions by their key: what more of them have first, then the greatest. */
export function sideBySide<T>(
  lists: readonly (readonly T[])[],
  keyOf: (one: T, session: number) => string,
  weightOf: (one: T) => number,
): SideBySide<T>[] {
  const rows = new Map<string, (T | null)[]>();
  lists.forEach((list, session) => {
    for (const one of list) {
      const key = keyOf(one, session);
      const row = rows.get(key) ?? lists.map(() => null);
      row[session] = one;
      rows.set(key, row);
    }
  });
  const shared = (each: readonly (T | null)[]): number => each.filter((one) => one !== null).length;
  const weight = (each: readonly (T | null)[]): number =>
    Math.max(...each.map((one) => (one === null ? 0 : weightOf(one))));
  return [...rows]
    .map(([key, each]) => ({ key, each }))
    .sort(
      (a, b) =>
        shared(b.each) - shared(a.each) ||
        weight(b.each) - weight(a.each) ||
        (a.key < b.key ? -1 : 1),
    );
}

/** Files by their path within the session's project, so that two copies of one can meet. */
export function filesSideBySide(states: readonly SessionState[]): SideBySide<TouchedFile>[] {
  return sideBySide(
    states.map(({ files }) => files),
    ({ path }, session) => within(path, states[session]?.summary.project ?? null),
    ({ edits }) => edits,
  );
}

/** Objectives by their words; those that were taken out are left out. */
export function objectivesSideBySide(states: readonly SessionState[]): SideBySide<Objective>[] {
  return sideBySide(
    states.map(({ objectives }) => objectives.filter(({ status }) => status !== 'removed')),
    ({ text }) => text.trim().toLowerCase(),
    ({ createdAt }) => -createdAt,
  );
}

function within(path: string, project: string | null): string {
  if (project === null || !path.startsWith(project)) return path;
  return path.slice(project.length).replace(/^[/\\]+/u, '') || path;
}
