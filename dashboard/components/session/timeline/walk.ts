import type { Bar } from '@claude-optimizer/core/story';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The bar to which an arrow key leads from `bar`; the same where there is none. */
export function nextBar(bars: readonly Bar[], bar: Bar, direction: Direction): Bar {
  const row = bars.filter((one) => one.row === bar.row);
  const at = row.findIndex(({ id }) => id === bar.id);
  switch (direction) {
    case 'left':
      return row[at - 1] ?? bar;
    case 'right':
      return row[at + 1] ?? bar;
    case 'up':
      return nearest(bars, bar, -1) ?? bar;
    case 'down':
      return nearest(bars, bar, 1) ?? bar;
  }
}

/** In the next row that has bars at all, the one that is nearest in time. */
function nearest(bars: readonly Bar[], bar: Bar, step: 1 | -1): Bar | null {
  const rows = [...new Set(bars.map(({ row }) => row))].sort((a, b) => a - b);
  const row = rows[rows.indexOf(bar.row) + step];
  if (row === undefined) return null;
  const distance = ({ from, to }: Bar) =>
    from > bar.from ? from - bar.from : to < bar.from ? bar.from - to : 0;
  return bars
    .filter((one) => one.row === row)
    .reduce<Bar | null>(
      (best, one) => (best && distance(best) <= distance(one) ? best : one),
      null,
    );
}
