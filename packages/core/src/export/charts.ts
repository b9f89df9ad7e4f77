import { totalTokens, type ExportedHead, type Usage } from '@claude-optimizer/protocol';

/** What a chart is drawn of, the same for every format; lengths are shares of its size, 0 to 1. */
export type Column = { x: number; width: number; parts: { kind: TokenKind; share: number }[] };
export type TokenKind = 'input' | 'output' | 'cacheWrite' | 'cacheRead';
export const tokenKinds = ['input', 'output', 'cacheWrite', 'cacheRead'] as const;
export const TOKEN_WORDS: Record<TokenKind, string> = {
  input: 'Input',
  output: 'Output',
  cacheWrite: 'Cache write',
  cacheRead: 'Cache read',
};

export type TimeChart = {
  columns: Column[];
  /** Cost so far, from the first slot to the last. */
  cost: { x: number; y: number }[];
  mostTokens: number;
  costMicrodollars: number;
  from: string;
  to: string;
};

type Slots = readonly { at: string; usage: Usage }[];

/** Tokens by slot and the cost so far, over the time of a session; null where there are none. */
export function timeChart(slots: Slots, slotMs: number): TimeChart | null {
  const [first] = slots;
  const last = slots.at(-1);
  if (!first || !last) return null;
  const from = Date.parse(first.at);
  const span = Date.parse(last.at) + slotMs - from;
  const mostTokens = Math.max(...slots.map(({ usage }) => totalTokens(usage)), 1);
  const total = slots.reduce((sum, { usage }) => sum + (usage.costMicrodollars ?? 0), 0);
  let soFar = 0;
  return {
    columns: slots.map(({ at, usage }) => ({
      x: (Date.parse(at) - from) / span,
      width: slotMs / span,
      parts: tokenKinds.map((kind) => ({ kind, share: tokensOf(usage, kind) / mostTokens })),
    })),
    cost: slots.map(({ at, usage }) => {
      soFar += usage.costMicrodollars ?? 0;
      return { x: (Date.parse(at) + slotMs - from) / span, y: total === 0 ? 0 : soFar / total };
    }),
    mostTokens,
    costMicrodollars: total,
    from: first.at,
    to: new Date(from + span).toISOString(),
  };
}

export function tokensOf(usage: Usage, kind: TokenKind): number {
  switch (kind) {
    case 'input':
      return usage.inputTokens;
    case 'output':
      return usage.outputTokens;
    case 'cacheWrite':
      return usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
    case 'cacheRead':
      return usage.cacheReadTokens;
  }
}

export type Bar = { name: string; value: number; share: number };

/** The greatest few as bars, the rest as one. */
export function bars(values: readonly { name: string; value: number }[], most: number): Bar[] {
  const sorted = [...values].sort((a, b) => b.value - a.value);
  const shown = sorted.slice(0, most);
  const rest = sorted.slice(most);
  const sum = rest.reduce((all, { value }) => all + value, 0);
  const all =
    rest.length === 0 ? shown : [...shown, { name: `${String(rest.length)} more`, value: sum }];
  const greatest = Math.max(...all.map(({ value }) => value), 1);
  return all.map((one) => ({ ...one, share: one.value / greatest }));
}

export function modelBars({ usageByModel }: Pick<ExportedHead, 'usageByModel'>): Bar[] {
  return bars(
    usageByModel.map(({ model, usage }) => ({ name: model, value: usage.costMicrodollars ?? 0 })),
    6,
  );
}

export function toolBars({ tools }: Pick<ExportedHead, 'tools'>): Bar[] {
  return bars(
    tools.map(({ name, count }) => ({ name, value: count })),
    8,
  );
}
