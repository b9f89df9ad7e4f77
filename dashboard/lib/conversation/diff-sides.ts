import type { Hunk } from '@claude-optimizer/protocol';

export type Side = { number: number; text: string };
/** A row of two sides: the same line on both, or what became of what. */
export type SideRow = { before: Side | null; after: Side | null; isChanged: boolean };

/** A stretch of changes as rows of two sides: what was removed beside what came in its place. */
export function sideRows({ oldStart, newStart, lines }: Hunk): SideRow[] {
  const rows: SideRow[] = [];
  let removed: Side[] = [];
  let added: Side[] = [];
  let before = oldStart;
  let after = newStart;
  const flush = () => {
    for (let at = 0; at < Math.max(removed.length, added.length); at += 1) {
      rows.push({ before: removed[at] ?? null, after: added[at] ?? null, isChanged: true });
    }
    removed = [];
    added = [];
  };
  for (const line of lines) {
    const text = line.slice(1);
    if (line.startsWith('-')) {
      // What is removed after something was added begins another change.
      if (added.length > 0) flush();
      removed.push({ number: before++, text });
    } else if (line.startsWith('+')) {
      added.push({ number: after++, text });
    } else {
      flush();
      const same = { before: { number: before++, text }, after: { number: after++, text } };
      rows.push({ ...same, isChanged: false });
    }
  }
  flush();
  return rows;
}
