/** One measured figure; with a target, how much of it was used up. */
export type Figure = {
  part: string;
  what: string;
  value: number;
  unit: 'ms' | 's' | 'MiB' | 'KB' | 'MB/s' | 'count' | '×';
  /** The figure should be at most this, or (`atLeast`) at least. */
  target?: number;
};

/** Prints the figures as a table, with ratios to their targets: up to 1.00 is good. */
export function printFigures(figures: readonly Figure[]): void {
  const rows = figures.map((figure) => [
    figure.part,
    figure.what,
    `${rounded(figure.value)} ${figure.unit}`,
    figure.target === undefined ? '' : `≤ ${String(figure.target)} ${figure.unit}`,
    ratioOf(figure),
  ]);
  const table = [['part', 'what', 'measured', 'target', 'ratio'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...table.map((row) => (row[column] ?? '').length)),
  );
  for (const row of table) {
    const cells = row.map((cell, column) =>
      column >= 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    );
    console.log(cells.join('  '));
  }
}

/** Whether every figure with a target meets it. */
export function allMet(figures: readonly Figure[]): boolean {
  return figures.every(({ value, target }) => target === undefined || value <= target);
}

function ratioOf({ value, target }: Figure): string {
  if (target === undefined) return '';
  if (target === 0) return value === 0 ? 'ok' : 'MISSED';
  const ratio = value / target;
  return `${ratio.toFixed(2)}${ratio <= 1 ? '' : ' MISSED'}`;
}

function rounded(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(value < 10 ? 2 : 1);
}
