import {
  calcPrice,
  type MatchLogic,
  type ModelInfo,
  type ModelPrice,
} from '@pydantic/genai-prices';
import type { EventOf } from '@claude-optimizer/protocol';
import type { ResponseUse } from '../transcript/observation.js';
import { ADDITIONS, FAST_TIMES } from './additions.js';
import { listedProvider, setLibrary, type ListedProvider } from './library.js';
import { responseCost, type Rates, type TieredRates } from './rates.js';

type PriceBasis = EventOf<'session:tokens'>['basis'];

/**
 * Where a price comes from, the most trusted first: the person's own, measured by us, listed by the
 * library under this very name, listed under another that begins alike.
 */
export type PriceSource = 'override' | 'addition' | 'library' | 'guess' | 'none';

/** What a model costs, how sure that is, and how large its context window is (tokens, or null). */
export type ModelTerms = {
  basis: PriceBasis;
  source: PriceSource;
  /** The model of the library whose price it is; null where it isn't the library's. */
  like: string | null;
  rates: TieredRates | null;
  /** How many times as much tokens cost in fast mode; null where that isn't known. */
  fastTimes: number | null;
  contextWindow: number | null;
};

const UNKNOWN: ModelTerms = Object.freeze({
  basis: 'unknown',
  source: 'none',
  like: null,
  rates: null,
  fastTimes: null,
  contextWindow: null,
});
/** The provider's rule for what it takes its time for. */
const BATCH_TIMES = 0.5;
const DAY = 86_400_000;
const MOST_KNOWN = 5_000;

/** Exact cost (pico-dollars, null when unknown) and terms of one response made at `at` (epoch ms). */
export function priceResponse(
  use: Pick<ResponseUse, 'model' | 'tokens' | 'webSearches' | 'fast' | 'batch'>,
  at: number,
): { costPicodollars: number | null; basis: PriceBasis; contextWindow: number | null } {
  const { rates, fastTimes, basis, contextWindow } = modelTerms(use.model, at);
  const speed = use.fast ? fastTimes : 1;
  if (rates === null || speed === null) {
    return { costPicodollars: null, basis: 'unknown', contextWindow };
  }
  const times = use.batch ? speed * BATCH_TIMES : speed;
  const costPicodollars = responseCost(use.tokens, use.webSearches, rates, times);
  return { costPicodollars, basis, contextWindow };
}

/** By model; where its price has changed with time, by the number of the day within it. */
const cache = new Map<string, ModelTerms | Map<number, ModelTerms>>();
let overrides: ReadonlyMap<string, Rates> = new Map();
let given: GivenPrices = { overrides: {}, listed: null };

/** The prices that were set, to be set in another thread; another object once others are. */
export type GivenPrices = {
  overrides: Readonly<Record<string, Rates>>;
  listed: ListedProvider | null;
};

export function givenPrices(): GivenPrices {
  return given;
}

/** Sets the person's own prices, by model as their transcripts name it; said once, at the start. */
export function setPriceOverrides(prices: Readonly<Record<string, Rates>>): void {
  given = { ...given, overrides: prices };
  overrides = new Map(Object.entries(prices).map(([model, rates]) => [bareName(model), rates]));
  cache.clear();
}

/** Sets what the library lists of Claude's models; null: as it came with us. */
export function setListedPrices(provider: ListedProvider | null): void {
  given = { ...given, listed: provider };
  setLibrary(provider);
  cache.clear();
}

/** All that prices follow from, as one text: another text, other prices. */
export function priceTable(): string {
  return JSON.stringify([[...overrides].sort(), ADDITIONS, FAST_TIMES, listedProvider()?.models]);
}

/** The models of which we or the library know the price under their own names. */
export function pricedModels(): string[] {
  const listed = listedProvider()?.models ?? [];
  return [
    ...new Set([...overrides.keys(), ...Object.keys(ADDITIONS), ...listed.map(({ id }) => id)]),
  ].sort();
}

/**
 * Terms of a model on the day of `at`, by its own name: the person's prices, our measured additions,
 * then the library where it lists exactly this model (a date suffix and a provider's prefix aside);
 * a match by prefix is an estimate.
 */
export function modelTerms(model: string, at: number): ModelTerms {
  const known = cache.get(model);
  if (known === undefined) return remember(model, at);
  if (!(known instanceof Map)) return known;
  const day = Math.floor(at / DAY);
  const terms = known.get(day) ?? lookUp(model, at).terms;
  if (known.size > MOST_KNOWN) known.clear();
  known.set(day, terms);
  return terms;
}

function remember(model: string, at: number): ModelTerms {
  const { terms, changes } = lookUp(model, at);
  if (cache.size > MOST_KNOWN) cache.clear();
  cache.set(model, changes ? new Map([[Math.floor(at / DAY), terms]]) : terms);
  return terms;
}

/** The terms at a moment, and whether the library gives the model other prices at others. */
function lookUp(model: string, at: number): { terms: ModelTerms; changes: boolean } {
  const plain = withoutProvider(model);
  const name = bareName(model);
  const options = { providerId: 'anthropic', timestamp: new Date(at) };
  const listed = calcPrice({}, plain, options);
  const like = listed?.model.id ?? null;
  const known = {
    contextWindow: listed?.model.context_window ?? null,
    fastTimes: Object.hasOwn(FAST_TIMES, name) ? (FAST_TIMES[name] ?? null) : null,
  };
  const own = overrides.get(name);
  const added = Object.hasOwn(ADDITIONS, name) ? ADDITIONS[name] : undefined;
  const exact = { ...known, basis: 'exact', like: null } as const;
  if (own) return always({ ...exact, source: 'override', rates: { base: own, tiers: [] } });
  if (added) return always({ ...exact, source: 'addition', rates: added });
  if (listed === null) return always(UNKNOWN);
  const rates = tieredRates(listed.model_price);
  const changes = Array.isArray(listed.model.prices);
  if (rates === null) return { terms: UNKNOWN, changes };
  const terms: ModelTerms = isExact(listed.model, plain, name)
    ? { ...known, basis: 'exact', source: 'library', like, rates }
    : { ...known, basis: 'estimate', source: 'guess', like, rates };
  return { terms, changes };
}

function always(terms: ModelTerms) {
  return { terms, changes: false };
}

// Other providers and gateways name the same models with where they run in front and a revision
// behind: `us.anthropic.claude-sonnet-4-5-20250929-v1:0`, `vertex_ai/claude-opus-4-6@20260205`,
// `openrouter/anthropic/claude-sonnet-4.5`, `arn:aws:bedrock:…/anthropic.claude-…`.
function withoutProvider(model: string): string {
  return model
    .replace(/^.*\//u, '')
    .replace(/^(?:[a-z-]{2,10}\.)?anthropic\./u, '')
    .replace(/-v\d+(?::\d+)?$/u, '');
}

// `claude-sonnet-4-5-20250929`, `claude-sonnet-4-5@20250929`, `claude-opus-4-6[1m]`: the model
// without the date of its build and the client's mark for the long window.
function bareName(model: string): string {
  return withoutProvider(model.toLowerCase())
    .replace(/\[1m\]$/u, '')
    .replace(/[-@]\d{8}$/u, '')
    .replace(/-latest$/u, '')
    .replaceAll('.', '-');
}

function isExact(listed: ModelInfo, model: string, name: string): boolean {
  const own = bareName(listed.id);
  // The library calls the first of a family `…-4-0`, the API `…-4-<date>`.
  return own === name || own === `${name}-0` || namesExactly(listed.match, model);
}

function namesExactly(match: MatchLogic, model: string): boolean {
  if ('equals' in match) return match.equals === model;
  if ('regex' in match) return new RegExp(match.regex, 'u').test(model);
  if ('or' in match) return match.or.some((part) => namesExactly(part, model));
  return false;
}

function tieredRates(price: ModelPrice): TieredRates | null {
  const base = ratesFrom(price, 0);
  if (base === null) return null;
  const starts = new Set(
    Object.values(price).flatMap((value) =>
      typeof value === 'object' ? value.tiers.map((tier) => tier.start) : [],
    ),
  );
  const tiers = [...starts]
    .sort((a, b) => a - b)
    .flatMap((above) => {
      const rates = ratesFrom(price, above);
      return rates ? [{ above, rates }] : [];
    });
  return { base, tiers };
}

// Where the library gives no price of its own for a kind of token, the provider's rule stands:
// 5-minute writes cost 1.25 times the input, 1-hour writes twice, reads a tenth.
function ratesFrom(price: ModelPrice, above: number): Rates | null {
  const input = rateAt(price['input_mtok'], above);
  const output = rateAt(price['output_mtok'], above);
  if (input === null || output === null) return null;
  return {
    input,
    output,
    cacheRead: rateAt(price['cache_read_mtok'], above) ?? input * 0.1,
    cacheWrite5m: rateAt(price['cache_write_mtok'], above) ?? input * 1.25,
    cacheWrite1h: rateAt(price['cache_write_1h_mtok'], above) ?? input * 2,
    webSearch: (rateAt(price['web_searches_kcount'], above) ?? 10) / 1_000,
  };
}

function rateAt(price: ModelPrice[string], above: number): number | null {
  if (price === undefined) return null;
  if (typeof price === 'number') return price;
  return price.tiers.findLast((tier) => tier.start <= above)?.price ?? price.base;
}
