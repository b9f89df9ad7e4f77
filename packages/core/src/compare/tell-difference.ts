import type { SessionDetail, Usage } from '@claude-optimizer/protocol';
import { differenceOf, measuresOf, type Measured, type MeasureKey } from './measures.js';
import { sideBySide } from './side-by-side.js';

/** How figures and names are written where the sentence is read. */
export type Words = {
  cost: (microdollars: number) => string;
  tokens: (count: number) => string;
  duration: (ms: number) => string;
  percent: (share: number) => string;
  /** With its sign, of a share of what was. */
  change: (share: number) => string;
  model: (id: string) => string;
  tool: (name: string) => string;
};

/** A session and what it is called in the sentence. */
export type Named = { name: string; detail: SessionDetail };

/** What counts, how much, and below which size (in its unit) a difference is noise. */
const WEIGHTS: Partial<Record<MeasureKey, { weight: number; least: number }>> = {
  cost: { weight: 1.2, least: 10_000 },
  tokens: { weight: 0.8, least: 10_000 },
  active: { weight: 0.9, least: 60_000 },
  objectives: { weight: 1, least: 1 },
  toolErrors: { weight: 0.7, least: 3 },
  cacheHit: { weight: 1, least: 0.05 },
};
/** Less than this is no difference that a person would act on. */
const LEAST_SHARE = 0.1;

type Found = {
  key: MeasureKey;
  base: Named;
  other: Named;
  from: number;
  to: number;
  score: number;
};

/**
 * One sentence: in what the others differ most from the first, by how much, and where it comes
 * from. A cost of which a part isn't known is compared only where that can't turn it round.
 */
export function tellDifference(sessions: readonly Named[], words: Words): string {
  const [base, ...others] = sessions;
  if (!base || others.length === 0) return '';
  const found = others.flatMap((other) => differences(base, other));
  const most = found.sort((a, b) => b.score - a.score)[0];
  const caveat = costCaveat(sessions);
  if (!most)
    return `They differ little: no figure by more than ${words.percent(LEAST_SHARE)}.${caveat}`;
  return `${claim(most, words)}${evidence(most, words)}.${caveat}`;
}

function differences(base: Named, other: Named): Found[] {
  const [from, to] = [base, other].map(({ detail }) => measuresOf(detail.state.summary));
  if (!from || !to) return [];
  return (Object.keys(WEIGHTS) as MeasureKey[]).flatMap((key) => {
    const { weight, least } = WEIGHTS[key] ?? { weight: 0, least: 0 };
    const found = sureDifference(key, from[key], to[key]);
    if (!found || Math.abs(found.to - found.from) < least) return [];
    const share = Math.abs(Math.log((found.to + least) / (found.from + least)));
    if (share < Math.log(1 + LEAST_SHARE)) return [];
    return [{ key, base, other, ...found, score: share * weight }];
  });
}

function sureDifference(key: MeasureKey, from: Measured, to: Measured) {
  const difference = differenceOf(key, from, to);
  if (!difference || difference.verdict === 'unsure') return null;
  return { from: from.value ?? 0, to: to.value ?? 0 };
}

function claim({ key, base, other, from, to }: Found, words: Words): string {
  const [a, b] = [`“${base.name}”`, `“${other.name}”`];
  const by = Math.abs(to - from);
  const share = from === 0 ? '' : `, ${words.change((to - from) / from)}`;
  const less = to < from;
  switch (key) {
    case 'cost':
      return `${b} cost ${words.cost(by)} ${less ? 'less' : 'more'} than ${a} (${words.cost(to)} against ${words.cost(from)}${share})`;
    case 'tokens':
      return `${b} used ${less ? 'fewer' : 'more'} tokens than ${a} (${words.tokens(to)} against ${words.tokens(from)}${share})`;
    case 'active':
      return `${b} was ${words.duration(by)} ${less ? 'less' : 'longer'} at work than ${a} (${words.duration(to)} against ${words.duration(from)}${share})`;
    case 'objectives':
      return `${b} completed ${to} objectives, ${a} ${from}`;
    case 'toolErrors':
      return `${b} had ${to} failed tool calls, ${a} ${from}`;
    default:
      return `${b} read ${words.percent(to)} of its input from the cache, ${a} ${words.percent(from)}`;
  }
}

function evidence({ key, base, other }: Found, words: Words): string {
  const [from, to] = [base.detail, other.detail];
  switch (key) {
    case 'cost':
      return modelEvidence(from, to, words) || kindEvidence(from, to, words);
    case 'tokens':
      return kindEvidence(from, to, words);
    case 'active': {
      const [a, b] = [from, to].map(({ state }) => state.summary.usage.messages);
      return `: ${b ?? 0} responses against ${a ?? 0}`;
    }
    case 'toolErrors':
      return toolEvidence(from, to, words);
    case 'objectives': {
      const [a, b] = [from, to].map(({ state }) => state.summary.objectives.total);
      return `, of ${b ?? 0} and ${a ?? 0} that were set`;
    }
    default: {
      const [a, b] = [from, to].map(({ state }) => writes(state.summary.usage));
      return `: ${words.tokens(b ?? 0)} written to the cache against ${words.tokens(a ?? 0)}`;
    }
  }
}

const writes = (usage: Usage): number => usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;

/** The model whose cost differs most; nothing where one model did it all. */
function modelEvidence(from: SessionDetail, to: SessionDetail, words: Words): string {
  const rows = sideBySide(
    [from.usageByModel, to.usageByModel],
    ({ model }) => model,
    ({ usage }) => usage.costMicrodollars ?? 0,
  ).map(({ key, each }) => {
    const [a, b] = each.map((one) => one?.usage.costMicrodollars ?? 0);
    return { key, a: a ?? 0, b: b ?? 0 };
  });
  if (rows.length < 2) return '';
  const most = rows.sort((x, y) => Math.abs(y.b - y.a) - Math.abs(x.b - x.a))[0];
  if (!most) return '';
  return `: mostly ${words.model(most.key)}, ${words.cost(most.b)} against ${words.cost(most.a)}`;
}

/** The kind of tokens that differs most. */
function kindEvidence(from: SessionDetail, to: SessionDetail, words: Words): string {
  const kinds: [string, (usage: Usage) => number][] = [
    ['input', (usage) => usage.inputTokens],
    ['output', (usage) => usage.outputTokens],
    ['cache writes', writes],
    ['cache reads', (usage) => usage.cacheReadTokens],
  ];
  const rows = kinds.map(([name, of]) => ({
    name,
    a: of(from.state.summary.usage),
    b: of(to.state.summary.usage),
  }));
  const most = rows.sort((x, y) => Math.abs(y.b - y.a) - Math.abs(x.b - x.a))[0];
  if (!most) return '';
  return `: mostly ${most.name}, ${words.tokens(most.b)} against ${words.tokens(most.a)}`;
}

/** The tool whose failures differ most. */
function toolEvidence(from: SessionDetail, to: SessionDetail, words: Words): string {
  const rows = sideBySide(
    [from.state.tools, to.state.tools],
    ({ name }) => name,
    ({ errors }) => errors,
  ).map(({ key, each }) => {
    const [a, b] = each.map((one) => one?.errors ?? 0);
    return { key, a: a ?? 0, b: b ?? 0 };
  });
  const most = rows.sort((x, y) => Math.abs(y.b - y.a) - Math.abs(x.b - x.a))[0];
  return most ? `: mostly ${words.tool(most.key)}, ${most.b} against ${most.a}` : '';
}

function costCaveat(sessions: readonly Named[]): string {
  const unknown = sessions.filter(({ detail }) => {
    const { usage, unpriced } = detail.state.summary;
    return usage.costMicrodollars === null || unpriced.messages > 0;
  });
  if (unknown.length === 0) return '';
  const names = unknown.map(({ name }) => `“${name}”`).join(', ');
  return ` Not all costs are known: ${names} has responses without a known price.`;
}
