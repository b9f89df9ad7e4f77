/** Something that takes rows for a while: `height` of them, from `from` to `to`. */
type Block = { from: number; to: number; height: number };

/**
 * The first row of each block such that no two share a row at a time, and how many rows that
 * takes. Blocks come in the order of their beginnings; each gets the first place that is free.
 */
export function packRows(blocks: readonly Block[]): { rows: number[]; height: number } {
  /** When each row becomes free. */
  const freeAt: number[] = [];
  const rows = blocks.map(({ from, to, height }) => {
    let row = 0;
    while (!isFree(freeAt, row, height, from)) row += 1;
    for (let at = row; at < row + height; at += 1) freeAt[at] = Math.max(to, from);
    return row;
  });
  return { rows, height: freeAt.length };
}

function isFree(freeAt: readonly number[], row: number, height: number, from: number): boolean {
  for (let at = row; at < row + height; at += 1) {
    if ((freeAt[at] ?? -Infinity) > from) return false;
  }
  return true;
}
