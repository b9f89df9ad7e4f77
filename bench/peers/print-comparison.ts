import { printTable } from './print-table.js';

/** What a tool does with a tree that it has never seen, seen unchanged, and seen but for a line. */
export const STEPS = ['cold', 'unchanged', 'one line more'] as const;
export type Step = (typeof STEPS)[number];
export type Compared = { name: string; steps: Record<Step, { seconds: number; peakMiB: number }> };

/** Prints seconds, ratios to ccusage (cold) and peak memory of each tool. */
export function printComparison(compared: readonly Compared[]): void {
  const measure = compared.find(({ name }) => name.startsWith('ccusage'))?.steps.cold.seconds;
  const ratio = (seconds: number) => (measure === undefined ? '' : (seconds / measure).toFixed(2));
  const head = [
    'median of 3',
    ...STEPS.map((step) => `${step} (s)`),
    '× ccusage, cold',
    'peak (MiB)',
  ];
  const rows = compared.map(({ name, steps }) => [
    name,
    ...STEPS.map((step) => steps[step].seconds.toFixed(2)),
    ratio(steps.cold.seconds),
    Math.max(...STEPS.map((step) => steps[step].peakMiB)).toFixed(0),
  ]);
  printTable([head, ...rows]);
}
