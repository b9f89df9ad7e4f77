import type { UsageRow } from '@claude-optimizer/protocol';
import { modelName } from '@/lib/format';
import { modelColor } from '@/lib/model-color';
import { longStep, shortStep, stepsBetween, type UsageStep } from '@/lib/usage-range';
import { TOKEN_KINDS, type TokenKind } from '../charts/token-kinds';
import { cacheWrites } from './figures';
import type { UsageFigures } from './useUsage';

/** One colour of a stack. */
export type Series = { key: string; name: string; color: string };

/** One bar: its step's names and the part of each series (micro-dollars or tokens). */
export type Bar = {
  at: string;
  short: string;
  long: string;
  /** The whole as the server rounded it; null where nothing has a price. */
  total: number | null;
  /** Responses in it; a bar of none is a gap. */
  messages: number;
  parts: Record<string, number>;
};

export type Bars = { bars: Bar[]; series: Series[] };

/** Cost by step and model; the model that costs most lies at the bottom. */
export function costBars(figures: UsageFigures): Bars {
  const series = [...figures.byModels.rows]
    .sort((a, b) => (b.costMicrodollars ?? 0) - (a.costMicrodollars ?? 0))
    .flatMap(({ model, costMicrodollars }) =>
      model === undefined || costMicrodollars === null
        ? []
        : [{ key: model, name: modelName(model), color: modelColor(model) }],
    );
  const step = figures.range.step;
  const parts = new Map<string, Record<string, number>>();
  for (const row of figures.byStepsAndModels.rows) {
    const at = row[step];
    if (at === undefined || row.model === undefined || row.costMicrodollars === null) continue;
    const held = parts.get(at) ?? {};
    held[row.model] = row.costMicrodollars;
    parts.set(at, held);
  }
  return {
    series,
    bars: emptyBars(figures).map((bar) => ({ ...bar, parts: parts.get(bar.at) ?? {} })),
  };
}

/** Tokens by step and kind. */
export function tokenBars(figures: UsageFigures, shown: ReadonlySet<TokenKind>): Bars {
  const kinds = TOKEN_KINDS.filter(({ kind }) => shown.has(kind));
  const rows = rowsByStep(figures);
  const bars = emptyBars(figures).map((bar) => {
    const row = rows.get(bar.at);
    const parts: Record<string, number> = row ? tokensByKind(row) : {};
    return { ...bar, parts, total: kinds.reduce((sum, { kind }) => sum + (parts[kind] ?? 0), 0) };
  });
  return { bars, series: kinds.map(({ kind, name, color }) => ({ key: kind, name, color })) };
}

/** Tokens of a usage as the charts tell them apart. */
export function tokensByKind(usage: UsageRow): Record<TokenKind, number> {
  return {
    output: usage.outputTokens,
    input: usage.inputTokens,
    cacheWrite: cacheWrites(usage),
    cacheRead: usage.cacheReadTokens,
  };
}

function emptyBars(figures: UsageFigures): Bar[] {
  const { step } = figures.range;
  const rows = rowsByStep(figures);
  const first = figures.since ?? [...rows.keys()].sort()[0];
  return stepsOf(step, first, figures.today).map((at) => {
    const row = rows.get(at);
    return {
      at,
      short: shortStep(at),
      long: longStep(step, at),
      total: row && row.messages > 0 ? row.costMicrodollars : 0,
      messages: row?.messages ?? 0,
      parts: {},
    };
  });
}

function stepsOf(step: UsageStep, first: string | undefined, today: string): string[] {
  if (first === undefined) return [];
  return stepsBetween(step, step === 'month' && first.length === 7 ? `${first}-01` : first, today);
}

function rowsByStep({ bySteps, range: { step } }: UsageFigures): Map<string, UsageRow> {
  return new Map(
    bySteps.rows.flatMap((row) => {
      const at = row[step];
      return at === undefined ? [] : [[at, row] as const];
    }),
  );
}
