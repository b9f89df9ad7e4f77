import type { UsageFilter, UsageRow, UsageRowKey, UsageTotals } from '@claude-optimizer/protocol';
import { usageInParts, type ReportSource } from '@claude-optimizer/server/reports';
import { shortModel, withoutMaker } from './figures.js';
import { footnotes } from './footnotes.js';
import type { ReportKind } from './options.js';
import { drawTable, type Column, type Line } from './table.js';
import { oneLine } from './text-width.js';
import { USAGE_COLUMNS, type View } from './view.js';

export type UsageKind = Exclude<ReportKind, 'session' | 'blocks' | 'tools'>;
type Wanted = {
  kind: UsageKind;
  filter: UsageFilter;
  breakdown: boolean;
  descending: boolean | null;
  now: number;
};
type Shown = UsageTotals & { label: string; short: string; models: string };

const KEYS: Record<UsageKind, { title: string; key: UsageRowKey; part: UsageRowKey }> = {
  daily: { title: 'Day', key: 'day', part: 'model' },
  weekly: { title: 'Week of', key: 'week', part: 'model' },
  monthly: { title: 'Month', key: 'month', part: 'model' },
  project: { title: 'Project', key: 'project', part: 'model' },
  model: { title: 'Model', key: 'model', part: 'project' },
};

/** Usage by day, week, month, project or model. With `breakdown` each row in its parts. */
export async function usageView(source: ReportSource, wanted: Wanted): Promise<View> {
  const { kind, filter, breakdown, now } = wanted;
  const { title, key, part } = KEYS[kind];
  const whole = await usageInParts(source.usage, { ...filter, key, part }, now);
  const groups = inOrder(whole.rows, wanted);
  const parts = partsByKey(whole.parts, key);
  const partsOf = (row: UsageRow) => parts.get(nameOf(row, key)) ?? [];
  return {
    rows: breakdown ? groups.flatMap(partsOf) : groups,
    totals: whole.totals,
    draw: (fit) => {
      const lines = groups.flatMap((row): Line<Shown>[] => [
        { kind: 'row', row: shown(row, key, breakdown ? [] : partsOf(row)) },
        ...(breakdown ? partsOf(row).map((cell) => partLine(cell, part)) : []),
      ]);
      const total = { ...whole.totals, label: 'Total', short: 'Total', models: '' };
      const showsModels = !breakdown && part === 'model';
      const columns = columnsOf(title, { key, part, showsModels });
      return `${drawTable(columns, [...lines, { kind: 'total', row: total }], fit)}${footnotes(whole.totals)}`;
    },
  };
}

/** Of a path its end tells which it is, of everything else its beginning. */
const cutOf = (of: UsageRowKey) => (of === 'project' ? 'start' : 'end');

function columnsOf(
  title: string,
  { key, part, showsModels }: { key: UsageRowKey; part: UsageRowKey; showsModels: boolean },
): Column<Shown>[] {
  const models: Column<Shown> = {
    ...{ title: 'Models', align: 'left', drop: 5, cut: 'end' },
    text: (row) => row.models,
  };
  const label: Column<Shown> = {
    ...{ title, align: 'left', drop: 0, cut: cutOf(key), cutPart: cutOf(part) },
    text: (row, style) => (style === 'short' ? row.short : row.label),
  };
  return [label, ...(showsModels ? [models] : []), ...USAGE_COLUMNS];
}

function shown(row: UsageRow, key: UsageRowKey, parts: readonly UsageRow[]): Shown {
  const models = parts.map(({ model }) => shortModel(model ?? '')).join(', ');
  return { ...row, ...labels(row, key, ''), models };
}

function partLine(row: UsageRow, part: UsageRowKey): Line<Shown> {
  return { kind: 'part', row: { ...row, ...labels(row, part, '  '), models: '' } };
}

/** A row's name, and as it is written where there is little room. */
function labels(row: UsageRow, key: UsageRowKey, indent: string): Pick<Shown, 'label' | 'short'> {
  const name = oneLine(nameOf(row, key));
  const short = key === 'model' ? withoutMaker(name) : name;
  return { label: `${indent}${name}`, short: `${indent}${short}` };
}

function partsByKey(cells: readonly UsageRow[], key: UsageRowKey): Map<string, UsageRow[]> {
  const parts = new Map<string, UsageRow[]>();
  for (const cell of [...cells].sort(dearestFirst)) {
    const name = nameOf(cell, key);
    parts.set(name, [...(parts.get(name) ?? []), cell]);
  }
  return parts;
}

function nameOf(row: UsageRow, key: UsageRowKey): string {
  if (key === 'session') return row.sessionId ?? '';
  if (key === 'project') return row.project ?? '(unknown)';
  return String(row[key] ?? '');
}

/** Time goes forward, everything else from the most expensive down, unless said otherwise. */
function inOrder(rows: readonly UsageRow[], { kind, descending }: Wanted): UsageRow[] {
  if (kind === 'project' || kind === 'model') {
    const dearest = [...rows].sort(dearestFirst);
    return descending === false ? dearest.reverse() : dearest;
  }
  return descending === true ? [...rows].reverse() : [...rows];
}

function dearestFirst(a: UsageTotals, b: UsageTotals): number {
  return (b.costMicrodollars ?? -1) - (a.costMicrodollars ?? -1) || b.messages - a.messages;
}
