import { priceResponse } from '@claude-optimizer/core';
import {
  isOutputIncomplete,
  totalTokens,
  USAGE_SLOT_MS,
  type Usage,
} from '@claude-optimizer/protocol';
import { responseId, type UsageKey, type UsageQuery, type UsageSum } from '@claude-optimizer/store';
import { mergeSightings } from '../transcripts/merge-sightings.js';

/** One response as its lines tell it; `pricedAt` is when the line was written that counts. */
export type Response = {
  messageId: string;
  requestId: string;
  sessionId: string;
  bornAt: number;
  agentId: null;
  model: string;
  at: number;
  pricedAt: number;
  stopped: boolean;
  fast: boolean;
  webSearches: number;
  usage: Usage;
};

const DAY_MS = 86_400_000;

/** All responses of an archive, each once; the same rules as the ledger's. */
export class Tally {
  readonly #responses = new Map<string, Response>();

  add(seen: Response): void {
    const id = responseId(seen);
    const before = this.#responses.get(id);
    this.#responses.set(id, before ? mergeSightings(before, seen) : seen);
  }

  responses(): Response[] {
    return [...this.#responses.values()];
  }

  /** Sums by the wanted keys, as `Store.usageSums` gives them. */
  usageSums(query: UsageQuery, projectOf: (sessionId: string) => string | null): UsageSum[] {
    const sums = new Map<string, UsageSum>();
    for (const response of this.#responses.values()) {
      const slot = response.at - (response.at % USAGE_SLOT_MS);
      const index = query.periods.findIndex(({ from, to }) => slot >= from && slot < to);
      const period = query.periods[index];
      if (!period || !isWanted(response, query, projectOf)) continue;
      const keys = keysOf(response, query.by, {
        day: Math.floor((slot + period.offsetMs) / DAY_MS),
        slot,
        project: query.by.includes('project') ? projectOf(response.sessionId) : null,
      });
      const id = JSON.stringify([index, ...Object.values(keys)]);
      const sum = sums.get(id) ?? { ...keys, ...NOTHING };
      sums.set(id, sum);
      addTo(sum, response);
    }
    return [...sums.values()];
  }
}

type Keys = Pick<UsageSum, 'day' | 'slot' | 'model' | 'project' | 'sessionId'>;

const NOTHING: Omit<UsageSum, keyof Keys> = {
  inputTokens: 0,
  outputTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  cacheReadTokens: 0,
  messages: 0,
  costPicodollars: 0,
  unpricedMessages: 0,
  unpricedTokens: 0,
  estimatedMessages: 0,
  incompleteMessages: 0,
};

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
  by: readonly UsageKey[],
  { day, slot, project }: { day: number; slot: number; project: string | null },
): Keys {
  return {
    day: by.includes('day') ? day : null,
    slot: by.includes('slot') ? slot : null,
    model: by.includes('model') ? model : null,
    project,
    sessionId: by.includes('session') ? sessionId : null,
  };
}

function addTo(sum: UsageSum, response: Response): void {
  const { usage, model, webSearches, fast, pricedAt, stopped } = response;
  const use = { model, tokens: usage, webSearches, fast };
  const { costPicodollars, basis } = priceResponse(use, pricedAt);
  sum.inputTokens += usage.inputTokens;
  sum.outputTokens += usage.outputTokens;
  sum.cacheWrite5mTokens += usage.cacheWrite5mTokens;
  sum.cacheWrite1hTokens += usage.cacheWrite1hTokens;
  sum.cacheReadTokens += usage.cacheReadTokens;
  sum.messages += 1;
  sum.costPicodollars += costPicodollars ?? 0;
  sum.unpricedMessages += costPicodollars === null ? 1 : 0;
  sum.unpricedTokens += costPicodollars === null ? totalTokens(usage) : 0;
  sum.estimatedMessages += basis === 'estimate' ? 1 : 0;
  sum.incompleteMessages += isOutputIncomplete(usage.outputTokens, stopped) ? 1 : 0;
}
