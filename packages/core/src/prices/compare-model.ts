import type { ResponseTokens } from '../transcript/observation.js';
import type { Rates } from './rates.js';

/** What a session used of one model by somebody's count; cost in micro-dollars, null: unknown. */
export type CountedModel = {
  tokens: ResponseTokens;
  costMicrodollars: number | null;
};

export type TokenKind = keyof ResponseTokens;
const KINDS = [
  'inputTokens',
  'outputTokens',
  'cacheWrite5mTokens',
  'cacheWrite1hTokens',
  'cacheReadTokens',
] as const satisfies readonly TokenKind[];
const RATE_OF: Readonly<Record<TokenKind, keyof Rates>> = {
  inputTokens: 'input',
  outputTokens: 'output',
  cacheWrite5mTokens: 'cacheWrite5m',
  cacheWrite1hTokens: 'cacheWrite1h',
  cacheReadTokens: 'cacheRead',
};

/** Where our count of a model and the client's part, and what would explain it. */
export type ModelDifference = {
  /** The client's cost less ours; null where one of them is unknown. */
  costMicrodollars: number | null;
  /** Kinds of which the two counted other numbers. */
  kinds: { kind: TokenKind; ours: number; clients: number }[];
  /** The one rate that would make the costs equal, where the tokens are; null: none is likely. */
  rate: { rate: keyof Rates; ours: number; clients: number } | null;
};

/** Compares two counts of one model; null where they agree to the micro-dollar. */
export function compareModel(
  ours: CountedModel,
  clients: CountedModel,
  rates: Rates | null,
): ModelDifference | null {
  const kinds = KINDS.filter((kind) => ours.tokens[kind] !== clients.tokens[kind]).map((kind) => ({
    kind,
    ours: ours.tokens[kind],
    clients: clients.tokens[kind],
  }));
  const costMicrodollars =
    ours.costMicrodollars === null || clients.costMicrodollars === null
      ? null
      : clients.costMicrodollars - ours.costMicrodollars;
  const agrees = kinds.length === 0 && costMicrodollars !== null && Math.abs(costMicrodollars) <= 1;
  if (agrees) return null;
  const isPrice = kinds.length === 0 && costMicrodollars !== null && rates !== null;
  return {
    costMicrodollars,
    kinds,
    rate: isPrice ? likelyRate(ours.tokens, costMicrodollars, rates) : null,
  };
}

/** Prices are short decimal numbers: where one rate alone would be one, that is it. */
const MOST_DIGITS = 3;
/** By chance another rate may look like one, too: then the shorter by so many digits. */
const CLEARLY_SHORTER = 2;
/** Of fewer tokens a micro-dollar more or less allows many rates. */
const LEAST_TOKENS = 1_000;

function likelyRate(
  tokens: ResponseTokens,
  difference: number,
  rates: Rates,
): ModelDifference['rate'] {
  const [first, second] = KINDS.flatMap((kind) => {
    const count = tokens[kind];
    const rate = RATE_OF[kind];
    if (count < LEAST_TOKENS) return [];
    // USD per million tokens is micro-dollars a token; the costs are known to a micro-dollar.
    const clients = shortest(rates[rate] + difference / count, 1 / count);
    const isPrice = clients > 0 && digitsOf(clients) <= MOST_DIGITS;
    return isPrice ? [{ rate, ours: rates[rate], clients }] : [];
  }).sort((a, b) => digitsOf(a.clients) - digitsOf(b.clients));
  if (first === undefined) return null;
  const isClear =
    second === undefined || digitsOf(second.clients) - digitsOf(first.clients) >= CLEARLY_SHORTER;
  return isClear ? first : null;
}

/** The decimal number with the fewest digits within `tolerance` of a value. */
function shortest(value: number, tolerance: number): number {
  for (let digits = 0; digits <= 6; digits += 1) {
    const rounded = Number(value.toFixed(digits));
    if (Math.abs(rounded - value) <= tolerance) return rounded;
  }
  return value;
}

function digitsOf(value: number): number {
  return String(value).split('.')[1]?.length ?? 0;
}
