import { formatCost, roundCost } from '@claude-optimizer/protocol';
import type { listPrices, priceHistory, PricedModel, Repricing } from '@claude-optimizer/server';

type Rates = NonNullable<PricedModel['rates']>['base'];
type Listed = Awaited<ReturnType<typeof listPrices>>;
type Changes = Awaited<ReturnType<typeof priceHistory>>;
const HEAD = ['model', 'input', 'output', '5m write', '1h write', 'read', 'search', 'from'];

/** Rates in USD per million tokens (searches: each), with where they come from. */
export function pricesText({ models, library, problem }: Listed): string {
  const rows = models.flatMap((model) => rowsOf(model, library !== null));
  const warning = problem === null ? '' : `! The updated prices can't be used: ${problem}\n`;
  if (rows.length === 0) return `${warning}No model has been seen yet. See --all.\n`;
  return `${warning}${columns([HEAD, ...rows])}USD per million tokens; searches each.\n`;
}

/** What re-pricing changes, or has changed, model by model. */
export function repricingText({ models, ...sums }: Repricing, done: boolean): string {
  if (models.length === 0) return 'No cost of the history differs.\n';
  const head = ['model', 'responses', 'tokens', 'before', 'after', 'difference'];
  const rows = models.map(({ model, responses, tokens, beforePicodollars, afterPicodollars }) => [
    model,
    count(responses),
    count(tokens),
    ...costs(beforePicodollars, afterPicodollars),
  ]);
  const total = ['together', '', '', ...costs(sums.beforePicodollars, sums.afterPicodollars)];
  const last = done ? 'The history has these prices now.' : 'Nothing was changed.';
  return `${columns([head, ...rows, total])}${last}\n`;
}

/** One line for each time that the history got other prices. */
export function changesText(changes: Changes): string {
  if (changes.length === 0) return 'The history was never priced anew.\n';
  const rows = changes.map(({ at, finishedAt, reason, models, ...sums }) => [
    new Date(at).toISOString(),
    reason,
    `${count(models.length)} ${models.length === 1 ? 'model' : 'models'}`,
    ...costs(sums.beforePicodollars, sums.afterPicodollars),
    finishedAt === null ? 'cut short: run `claude-optimizer prices reprice`' : 'done',
  ]);
  return columns([['at', 'reason', 'of', 'before', 'after', 'difference', ''], ...rows]);
}

function rowsOf({ model, rates, fastTimes, ...terms }: PricedModel, updated: boolean): string[][] {
  const from = sourceText(terms, updated);
  if (rates === null) return [[model, ...Array<string>(6).fill('unknown'), from]];
  const first = [model, ...ratesText(rates.base), from];
  const long = rates.tiers.map(({ above, rates: at }) => [
    `  prompts above ${count(above)}`,
    ...ratesText(at),
    '',
  ]);
  if (fastTimes === null || fastTimes === 1) return [first, ...long];
  const { measured } = terms;
  const fast = ['  in fast mode', ...ratesText(rates.base, fastTimes), measuredText(measured)];
  return [first, ...long, fast];
}

function ratesText(rates: Rates, times = 1): string[] {
  const { input, output, cacheWrite5m, cacheWrite1h, cacheRead, webSearch } = rates;
  const tokens = [input, output, cacheWrite5m, cacheWrite1h, cacheRead];
  return [...tokens.map((rate) => rate * times), webSearch].map((rate) =>
    String(Number(rate.toFixed(6))),
  );
}

function measuredText({ on, client }: PricedModel['measured']): string {
  return `measured ${on}, client ${client}`;
}

function sourceText(
  { source, like, measured }: Pick<PricedModel, 'source' | 'like' | 'measured'>,
  updated: boolean,
): string {
  const list = updated ? 'the updated list' : 'the built-in list';
  switch (source) {
    case 'override':
      return 'you (config.json)';
    case 'addition':
      return measuredText(measured);
    case 'library':
      return list;
    case 'guess':
      return `estimate: as ${like ?? '?'} of ${list}`;
    case 'none':
      return 'unknown';
  }
}

function costs(before: number | null, after: number | null): string[] {
  // Between known and unknown there is no difference that could be told.
  return [
    cost(before),
    cost(after),
    cost(before === null || after === null ? null : after - before),
  ];
}

function cost(picodollars: number | null): string {
  return formatCost(picodollars === null ? null : roundCost(picodollars).microdollars);
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? '').length)),
  );
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
