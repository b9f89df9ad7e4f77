import { describe, expect, it } from 'vitest';
import { modelTerms, pricedModels, priceResponse, setPriceOverrides } from './price-list.js';

const NOW = Date.UTC(2026, 10, 23);
const TOKENS = {
  inputTokens: 0,
  outputTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  cacheReadTokens: 0,
};

/** Micro-dollars of a response that used so many tokens. */
function cost(model: string, tokens: Partial<typeof TOKENS>, at = NOW): number | null {
  const use = { model, tokens: { ...TOKENS, ...tokens }, webSearches: 0, fast: false };
  const { costPicodollars } = priceResponse(use, at);
  return costPicodollars === null ? null : costPicodollars / 1e6;
}

// USD per million tokens as Claude Code 2.1.330 billed them: measured by running it against a
// stand-in of the model API with one kind of token at a time and reading its `total_cost_usd`.
// Input, output, cache read, 5-minute write, 1-hour write.
const BILLED: [string, number, number, number, number, number][] = [
  ['claude-sonnet-5-5', 2, 10, 0.1, 2.5, 4],
  ['claude-opus-5-5', 4, 20, 0.2, 5, 8],
  ['claude-haiku-4-5-20251001', 1, 5, 0.1, 1.25, 2],
  ['claude-sonnet-4-5-20250929', 3, 15, 0.3, 3.75, 6],
  ['claude-fable-5', 10, 50, 1, 12.5, 20],
  ['claude-fable-5-1', 10, 50, 0.25, 12.5, 20],
  ['claude-opus-5', 5, 25, 0.5, 6.25, 10],
  ['claude-opus-4-8', 5, 25, 0.5, 6.25, 10],
  ['claude-opus-4-7', 5, 25, 0.5, 6.25, 10],
  ['claude-opus-4-6', 5, 25, 0.5, 6.25, 10],
  ['claude-opus-4-5-20251101', 5, 25, 0.5, 6.25, 10],
  ['claude-sonnet-5', 2, 10, 0.2, 2.5, 4],
  ['claude-sonnet-4-6', 3, 15, 0.3, 3.75, 6],
  ['claude-sonnet-4-20250514', 3, 15, 0.3, 3.75, 6],
  ['claude-3-5-haiku-20241022', 0.8, 4, 0.08, 1, 1.6],
  ['claude-3-7-sonnet-20250219', 3, 15, 0.3, 3.75, 6],
  ['claude-mythos-5', 10, 50, 1, 12.5, 20],
  ['claude-haiku-5-5', 0.1, 0.5, 0.01, 0.125, 0.2],
  ['claude-fable-5-2', 8, 40, 0.2, 10, 16],
];

describe('prices', () => {
  it.each(BILLED)('of %s are those that the client bills', (model, ...rates) => {
    const kinds = [
      'inputTokens',
      'outputTokens',
      'cacheReadTokens',
      'cacheWrite5mTokens',
      'cacheWrite1hTokens',
    ];
    const ours = kinds.map((kind) => cost(model, { [kind]: 100_000 }));
    expect(ours).toEqual(rates.map((rate) => Number((rate * 100_000).toFixed(3))));
    expect(modelTerms(model, NOW).basis).toBe('exact');
  });

  // Old transcripts keep what the model cost; the client of today runs another in its place.
  it.each([
    ['claude-opus-4-20250514', [15, 75, 1.5, 18.75, 30]],
    ['claude-opus-4-1-20250805', [15, 75, 1.5, 18.75, 30]],
  ])('of the retired %s are those of its time', (model, rates) => {
    const at = Date.UTC(2025, 8, 1);
    const kinds = [
      'inputTokens',
      'outputTokens',
      'cacheReadTokens',
      'cacheWrite5mTokens',
      'cacheWrite1hTokens',
    ];
    expect(kinds.map((kind) => cost(model, { [kind]: 1_000 }, at))).toEqual(
      rates.map((r) => r * 1_000),
    );
    expect(modelTerms(model, at).basis).toBe('exact');
  });

  it.each([
    'claude-sonnet-4-5',
    'claude-sonnet-4-5@20250929',
    'claude-sonnet-4.5',
    'claude-sonnet-4-5-20250929[1m]',
    'Claude-Sonnet-4-5',
    'anthropic/claude-sonnet-4.5',
    'openrouter/anthropic/claude-sonnet-4-5',
    'anthropic.claude-sonnet-4-5-20250929-v1:0',
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'bedrock/eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'vertex_ai/claude-sonnet-4-5@20250929',
  ])('know %s for the model that it is', (model) => {
    expect([cost(model, { inputTokens: 10 }), modelTerms(model, NOW).basis]).toEqual([30, 'exact']);
  });

  it.each(['claude-sonnet-5-9', 'claude-haiku-4-5-next', 'claude-opus-4-6-fast'])(
    'are only estimated for %s',
    (model) => {
      expect(modelTerms(model, NOW).basis).toBe('estimate');
      expect(cost(model, { inputTokens: 10 })).toBeGreaterThan(0);
    },
  );

  it.each([
    'glm-4.7',
    'nvidia/nemotron-3-super:free',
    '<synthetic>',
    '',
    'constructor',
    '__proto__',
    'gpt-5',
  ])('are unknown, not 0, for %j', (model) => {
    expect(modelTerms(model, NOW)).toEqual({
      ...{ basis: 'unknown', source: 'none', like: null, rates: null, fastTimes: null },
      contextWindow: null,
    });
    expect(cost(model, { inputTokens: 10 })).toBeNull();
  });

  it('say where they come from, and the person has the last word', () => {
    const sources = () =>
      ['claude-sonnet-5-5', 'claude-opus-4-5', 'claude-sonnet-5-9', 'glm-4.7'].map(
        (model) => modelTerms(model, NOW).source,
      );
    expect(sources()).toEqual(['addition', 'library', 'guess', 'none']);
    const own = { ...{ input: 1, output: 2, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 } };
    try {
      setPriceOverrides({
        'GLM-4.7': { ...own, webSearch: 0 },
        'claude-sonnet-5-5': { ...own, webSearch: 0 },
      });
      expect(sources()).toEqual(['override', 'library', 'guess', 'override']);
      expect(cost('glm-4.7', { inputTokens: 10, outputTokens: 10 })).toBe(30);
      expect(cost('anthropic/claude-sonnet-5-5', { inputTokens: 10 })).toBe(10);
    } finally {
      setPriceOverrides({});
    }
    expect(sources()).toEqual(['addition', 'library', 'guess', 'none']);
  });

  it('are known for the models that the table lists', () => {
    expect(pricedModels()).toEqual(
      expect.arrayContaining(['claude-sonnet-5-5', 'claude-opus-4-5', 'claude-mythos-5']),
    );
  });

  it('rise with the length of the prompt above 200,000 tokens, for all of the response', () => {
    const long = (over: number) => ({
      inputTokens: 100_000 + over,
      cacheReadTokens: 100_000,
      outputTokens: 1_000,
    });
    const at = Date.UTC(2026, 1, 20);
    expect(cost('claude-opus-4-6', long(0), at)).toBe(500_000 + 50_000 + 25_000);
    expect(cost('claude-opus-4-6', long(1), at)).toBe(1_000_010 + 100_000 + 37_500);
    // Measured with Claude Code 2.1.330: it bills the list price whatever the length.
    expect(cost('claude-sonnet-4-5-20250929', long(1), at)).toBe(300_003 + 30_000 + 15_000);
    expect(cost('claude-opus-4-5', long(1), at)).toBe(500_005 + 50_000 + 25_000);
  });

  it('are those of the day: opus 4.6 lost its long-prompt price on 2026-03-13', () => {
    const long = { inputTokens: 300_000 };
    expect(cost('claude-opus-4-6', long, Date.UTC(2026, 2, 12, 23, 59))).toBe(3_000_000);
    expect(cost('claude-opus-4-6', long, Date.UTC(2026, 2, 13))).toBe(1_500_000);
    expect(cost('claude-opus-4-6', { inputTokens: 100 }, Date.UTC(2026, 2, 12))).toBe(500);
  });

  it.each(['claude-sonnet-5-5', 'claude-sonnet-4-5', 'claude-opus-4-1'])(
    'of a web search are a cent, with %s',
    (model) => {
      const use = { model, tokens: { ...TOKENS, outputTokens: 10 }, fast: false };
      const without = priceResponse({ ...use, webSearches: 0 }, NOW).costPicodollars ?? NaN;
      const { costPicodollars } = priceResponse({ ...use, webSearches: 3 }, NOW);
      expect(costPicodollars).toBe(without + 30_000e6);
    },
  );

  // As the client billed them on 2026-11-27: the same times for each kind of token.
  it.each([
    ['claude-opus-4-6', 6],
    ['claude-opus-4-7', 6],
    ['claude-opus-4-8', 2],
    ['claude-opus-5', 2],
    ['claude-opus-5-5', 2],
    ['claude-fable-5-2', 2],
    ['claude-sonnet-4-20250514', 1],
    ['us.anthropic.claude-haiku-4-5-20251001-v1:0', 1],
  ])('of %s are %d times as high in fast mode, but for web searches', (model, times) => {
    const tokens = { ...TOKENS, inputTokens: 7, outputTokens: 3, cacheReadTokens: 90_000 };
    const pay = (fast: boolean, webSearches: number) =>
      priceResponse({ model, tokens, fast, webSearches }, NOW).costPicodollars ?? NaN;
    expect(pay(true, 0)).toBe(times * pay(false, 0));
    expect(pay(true, 2) - pay(true, 0)).toBe(20_000e6);
    const batch = { model, tokens, fast: true, webSearches: 0, batch: true };
    expect(priceResponse(batch, NOW).costPicodollars).toBe(Math.round(pay(true, 0) / 2));
  });

  it.each(['claude-opus-4-1-20250805', 'claude-opus-4-6-next', 'glm-4.7'])(
    'of %s in fast mode are unknown: nobody measured them',
    (model) => {
      const use = { model, tokens: { ...TOKENS, inputTokens: 5 }, webSearches: 0, fast: true };
      expect(priceResponse(use, NOW)).toMatchObject({ costPicodollars: null, basis: 'unknown' });
    },
  );

  it('of haiku 5.5 are five times as high for prompts above 100,000 tokens', () => {
    const pay = (tokens: Partial<typeof TOKENS>) => cost('claude-haiku-5-5', tokens);
    expect(pay({ inputTokens: 100_000 })).toBe(10_000);
    expect(pay({ inputTokens: 100_001 })).toBe(50_000.5);
    expect(pay({ inputTokens: 10_000, cacheReadTokens: 95_000 })).toBe(9_750);
    expect(pay({ inputTokens: 10_000, cacheWrite5mTokens: 95_000 })).toBe(64_375);
    expect(pay({ outputTokens: 100_000, cacheReadTokens: 900_000 })).toBe(295_000);
    expect(pay({ inputTokens: 60_000, outputTokens: 60_000 })).toBe(36_000);
  });
});
