import { STEPS, type Compared } from '../measure-peers.js';
import { printTable } from './print-table.js';

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
