import { priceResponse } from '@claude-optimizer/core';
import { NO_SUM } from '@claude-optimizer/core/report';
import { isOutputIncomplete, totalTokens, USAGE_SLOT_MS } from '@claude-optimizer/protocol';
import type { UsageQuery, UsageSum } from '@claude-optimizer/store';
import { usageOf, type Response, type ResponseTable } from './response-table.js';

const DAY_MS = 86_400_000;

/** Sums by the wanted keys, as `Store.usageSums` gives them. */
export function sumResponses(
  table: ResponseTable,
  query: UsageQuery,
  projectOf: (sessionId: string) => string | null,
): UsageSum[] {
  const sums = new Map<number, Map<string, UsageSum>>();
  const { periods, by } = query;
  const isByResponse = by.includes('session') || by.includes('project');
  let before: { index: number; time: number; model: string; sum: UsageSum } | null = null;
  table.forEach((response) => {
    const slot = response.at - (response.at % USAGE_SLOT_MS);
    const index = periodAt(periods, slot, before?.index ?? 0);
    const period = periods[index];
    if (!period || !isWanted(response, query, projectOf)) return;
    const { model } = response;
    const time = by.includes('slot') ? slot : Math.floor((slot + period.offsetMs) / DAY_MS);
    // Most responses are of the day and the model of the one before.
    const isSame = before?.index === index && before.time === time && before.model === model;
    if (!before || isByResponse || !isSame) {
      const keys = keysOf(response, slot, period.offsetMs, query, projectOf);
      before = { index, time, model, sum: sumOf(sums, index, keys, periods.length) };
    }
    addTo(before.sum, response);
  });
  return [...sums.values()].flatMap((group) => [...group.values()]);
}

/** The period that holds a moment, looked for at `first` first; -1 where none does. */
function periodAt(periods: UsageQuery['periods'], at: number, first: number): number {
  const likely = periods[first];
  if (likely && at >= likely.from && at < likely.to) return first;
  return periods.findIndex(({ from, to }) => at >= from && at < to);
}

// By time first: a small number is found sooner than a large one, or a text that has to be made.
function sumOf(
  sums: Map<number, Map<string, UsageSum>>,
  period: number,
  keys: Keys,
  periods: number,
): UsageSum {
  const { day, slot, model, project, sessionId } = keys;
  const time = (slot === null ? (day ?? 0) : slot / USAGE_SLOT_MS) * periods + period;
  const known = sums.get(time);
  const group = known ?? new Map<string, UsageSum>();
  if (known === undefined) sums.set(time, group);
  const isPlain = project === null && sessionId === null;
  const id = isPlain ? (model ?? '') : `${model ?? ''}\0${sessionId ?? ''}\0${project ?? ''}`;
  const before = group.get(id);
  if (before) return before;
  const sum = { ...NO_SUM, ...keys };
  group.set(id, sum);
  return sum;
}

type Keys = Pick<UsageSum, 'day' | 'slot' | 'model' | 'project' | 'sessionId'>;

function isWanted(
  { model, sessionId }: Response,
  query: UsageQuery,
  projectOf: (sessionId: string) => string | null,
): boolean {
  if (query.model !== undefined && model !== query.model) return false;
  if (query.project === undefined) return true;
  const project = projectOf(sessionId);
  return project === query.project || (project?.endsWith(`/${query.project}`) ?? false);
}

function keysOf(
  { model, sessionId }: Response,
  slot: number,
  offsetMs: number,
  { by }: UsageQuery,
  projectOf: (sessionId: string) => string | null,
): Keys {
  return {
    day: by.includes('day') ? Math.floor((slot + offsetMs) / DAY_MS) : null,
    slot: by.includes('slot') ? slot : null,
    model: by.includes('model') ? model : null,
    project: by.includes('project') ? projectOf(sessionId) : null,
    sessionId: by.includes('session') ? sessionId : null,
  };
}

function addTo(sum: UsageSum, response: Response): void {
  const { model, webSearches, fast, batch, pricedAt, stopped } = response;
  const use = { model, tokens: response, webSearches, fast, batch };
  const { costPicodollars, basis } = priceResponse(use, pricedAt);
  sum.inputTokens += response.inputTokens;
  sum.outputTokens += response.outputTokens;
  sum.cacheWrite5mTokens += response.cacheWrite5mTokens;
  sum.cacheWrite1hTokens += response.cacheWrite1hTokens;
  sum.cacheReadTokens += response.cacheReadTokens;
  sum.messages += 1;
  sum.costPicodollars += costPicodollars ?? 0;
  sum.unpricedMessages += costPicodollars === null ? 1 : 0;
  sum.unpricedTokens += costPicodollars === null ? totalTokens(usageOf(response)) : 0;
  sum.estimatedMessages += basis === 'estimate' ? 1 : 0;
  sum.incompleteMessages += isOutputIncomplete(response.outputTokens, stopped) ? 1 : 0;
}
