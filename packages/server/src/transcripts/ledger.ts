import { priceResponse, type LedgerEntry, type ObservationOf } from '@claude-optimizer/core';
import type { ResponseTokens } from '@claude-optimizer/core/transcript';
import { isOutputIncomplete, NO_USAGE, roundCost, type Usage } from '@claude-optimizer/protocol';
import type { LedgerRow, ResponseKey } from '@claude-optimizer/store';
import { responseId } from '@claude-optimizer/store/load';
import { repriced } from '../prices/repriced.js';
import { isBetter, isOlder, mergeSightings } from './merge-sightings.js';

/** What one sighting of a response means for one session. */
export type LedgerNews = { sessionId: string; entry: LedgerEntry };

/** The client's window when the model's table says less than what it was just seen to hold. */
const LONG_WINDOW = 1_000_000;

/**
 * The archive-wide count of responses during one commit: each is counted once, for the session
 * whose file is the oldest, with the greatest output that any line gave.
 */
export class Ledger {
  readonly #known: Map<string, LedgerRow>;
  readonly #changed = new Map<string, LedgerRow>();
  #last: (ResponseKey & { id: string }) | null = null;

  constructor(known: Map<string, LedgerRow>) {
    this.#known = known;
  }

  // Each content block of a response repeats it.
  #idOf(use: ResponseKey): string {
    const { messageId, requestId } = use;
    const last = this.#last;
    if (last?.messageId === messageId && last.requestId === requestId) return last.id;
    const id = responseId(use);
    this.#last = { messageId, requestId, id };
    return id;
  }

  /** Rows to be written with this commit. */
  changed(): LedgerRow[] {
    return [...this.#changed.values()];
  }

  /** Gives a response of the ledger the price of now; null where it has it. */
  reprice(before: LedgerRow, sessionBasis: LedgerRow['basis']): LedgerNews | null {
    const after = repriced(before);
    if (after === null) return null;
    this.#changed.set(responseId(after), after);
    const entry = { ...entryOf(after, null, before, after), sessionBasis };
    return { sessionId: after.sessionId, entry };
  }

  /** Counts a sighting in `sessionId`, whose file was made at `bornAt`; says who gains or loses. */
  count(sessionId: string, bornAt: number, { use, at }: ObservationOf<'usage'>): LedgerNews[] {
    const id = this.#idOf(use);
    const before = this.#changed.get(id) ?? this.#known.get(id);
    const sighting = { sessionId, bornAt, at, stopped: use.stopped, tokens: use.tokens };
    if (before && saysNothingNew(before, sighting)) return [];
    const { costPicodollars, basis, contextWindow } = priceResponse(use, at);
    // Field by field: spreads would take a good part of the time of an archive's first reading.
    const seen: LedgerRow = {
      messageId: use.messageId,
      requestId: use.requestId,
      sessionId,
      bornAt,
      model: use.model,
      agentId: use.agentId,
      at,
      webSearches: use.webSearches,
      stopped: use.stopped,
      basis,
      billing: billingOf(use),
      usage: usageOf(use.tokens, costPicodollars),
      costPicodollars,
    };
    const after = before ? mergeSightings(before, seen) : seen;
    this.#changed.set(id, after);
    const context =
      use.contextTokens === null || after.sessionId !== sessionId
        ? null
        : { tokens: use.contextTokens, window: windowFor(use.contextTokens, contextWindow) };
    return news(before, after, context);
  }
}

/** What it means for a session that a response counted for it is another's. */
export function lossOf(before: LedgerRow): LedgerNews {
  return { sessionId: before.sessionId, entry: entryOf(before, null, before, null) };
}

function billingOf({ fast, batch }: { fast: boolean; batch?: boolean }): LedgerRow['billing'] {
  if (fast) return 'fast';
  return batch ? 'batch' : 'standard';
}

function usageOf(tokens: ResponseTokens, costPicodollars: number | null): Usage {
  return {
    inputTokens: tokens.inputTokens,
    outputTokens: tokens.outputTokens,
    cacheWrite5mTokens: tokens.cacheWrite5mTokens,
    cacheWrite1hTokens: tokens.cacheWrite1hTokens,
    cacheReadTokens: tokens.cacheReadTokens,
    messages: 1,
    costMicrodollars: costPicodollars === null ? null : roundCost(costPicodollars).microdollars,
  };
}

// Most sightings: each content block of a response repeats its usage.
function saysNothingNew(
  before: LedgerRow,
  seen: Pick<LedgerRow, 'sessionId' | 'bornAt' | 'at' | 'stopped'> & { tokens: ResponseTokens },
): boolean {
  return (
    !isBetter(seen.tokens, before.usage) &&
    !isOlder(seen, before) &&
    seen.at >= before.at &&
    (before.stopped || !seen.stopped)
  );
}

function news(
  before: LedgerRow | undefined,
  after: LedgerRow,
  context: LedgerEntry['context'],
): LedgerNews[] {
  const stays = before !== undefined && standsAt(before, after);
  const gained = {
    sessionId: after.sessionId,
    entry: entryOf(after, context, stays ? before : null, after),
  };
  if (before === undefined || stays) return [gained];
  return [lossOf(before), gained];
}

// Sums by time and model are added up of what events say: what has moved leaves its place first.
function standsAt(before: LedgerRow, after: LedgerRow): boolean {
  return (
    before.sessionId === after.sessionId && before.at === after.at && before.model === after.model
  );
}

// A response told with its session (null: not there), once before and once after.
function entryOf(
  { messageId, model, agentId, at, basis }: LedgerRow,
  context: LedgerEntry['context'],
  before: LedgerRow | null,
  after: LedgerRow | null,
): LedgerEntry {
  return {
    messageId,
    model,
    agentId,
    at,
    basis,
    context,
    before: before?.usage ?? NO_USAGE,
    after: after?.usage ?? NO_USAGE,
    costChange: cost(after) - cost(before),
    incompleteChange: incomplete(after) - incomplete(before),
  };
}

function cost(row: LedgerRow | null): number {
  return row?.costPicodollars ?? 0;
}

function incomplete(row: LedgerRow | null): number {
  return row !== null && isOutputIncomplete(row.usage.outputTokens, row.stopped) ? 1 : 0;
}

function windowFor(tokens: number, listed: number | null): number | null {
  return listed !== null && tokens > listed ? LONG_WINDOW : listed;
}
