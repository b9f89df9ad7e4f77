import {
  calcPrice,
  type MatchLogic,
  type ModelInfo,
  type ModelPrice,
} from '@pydantic/genai-prices';
import type { EventOf } from '@claude-optimizer/protocol';
import type { ResponseUse } from '../transcript/observation.js';
import { ADDITIONS } from './additions.js';
import { responseCost, type Rates, type TieredRates } from './rates.js';

type PriceBasis = EventOf<'session:tokens'>['basis'];

/** What a model costs, how sure that is, and how large its context window is (tokens, or null). */
export type ModelTerms = {
  basis: PriceBasis;
  rates: TieredRates | null;
  contextWindow: number | null;
};

const UNKNOWN: ModelTerms = Object.freeze({ basis: 'unknown', rates: null, contextWindow: null });
const DAY = 86_400_000;

/** Exact cost (pico-dollars, null when unknown) and terms of one response made at `at` (epoch ms). */
export function priceResponse(
  use: Pick<ResponseUse, 'model' | 'tokens' | 'webSearches' | 'fast'>,
  at: number,
): { costPicodollars: number | null; basis: PriceBasis; contextWindow: number | null } {
  const { rates, basis, contextWindow } = modelTerms(use.model, at);
  // Fast mode is billed at other prices, which neither the library nor a measurement gives.
  if (rates === null || use.fast) return { costPicodollars: null, basis: 'unknown', contextWindow };
  const costPicodollars = responseCost(use.tokens, use.webSearches, rates);
  return { costPicodollars, basis, contextWindow };
}

const cache = new Map<string, ModelTerms>();

/**
 * Terms of a model on the day of `at`, by its own name: our measured additions, then the library
 * where it lists exactly this model (a date suffix aside); a match by prefix is an estimate.
 */
export function modelTerms(model: string, at: number): ModelTerms {
  const key = `${String(Math.floor(at / DAY))} ${model}`;
  const known = cache.get(key);
  if (known) return known;
  const terms = lookUp(model, at);
  if (cache.size > 5_000) cache.clear();
  cache.set(key, terms);
  return terms;
}

function lookUp(model: string, at: number): ModelTerms {
  const name = bareName(model);
  const added = Object.hasOwn(ADDITIONS, name) ? ADDITIONS[name] : undefined;
  const listed = calcPrice({}, model, { providerId: 'anthropic', timestamp: new Date(at) });
  const contextWindow = listed?.model.context_window ?? null;
  if (added) return { basis: 'exact', rates: { base: added, tiers: [] }, contextWindow };
  if (listed === null) return UNKNOWN;
  const rates = tieredRates(listed.model_price);
  if (rates === null) return UNKNOWN;
  return { basis: isExact(listed.model, model, name) ? 'exact' : 'estimate', rates, contextWindow };
}

// `claude-sonnet-4-5-20250929`, `claude-sonnet-4-5@20250929`, `claude-opus-4-6[1m]`: the model
// without the date of its build and the client's mark for the long window.
function bareName(model: string): string {
  return model
    .toLowerCase()
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
