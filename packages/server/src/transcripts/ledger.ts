import { priceResponse, type LedgerEntry, type ObservationOf } from '@claude-optimizer/core';
import { isOutputIncomplete, NO_USAGE, roundCost, type Usage } from '@claude-optimizer/protocol';
import { responseId, type LedgerRow } from '@claude-optimizer/store';
import { mergeSightings } from './merge-sightings.js';

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

  constructor(known: Map<string, LedgerRow>) {
    this.#known = known;
  }

  /** Rows to be written with this commit. */
  changed(): LedgerRow[] {
    return [...this.#changed.values()];
  }

  /** Counts a sighting in `sessionId`, whose file was made at `bornAt`; says who gains or loses. */
  count(sessionId: string, bornAt: number, { use, at }: ObservationOf<'usage'>): LedgerNews[] {
    const id = responseId(use);
    const { costPicodollars, basis, contextWindow } = priceResponse(use, at);
    const costMicrodollars =
      costPicodollars === null ? null : roundCost(costPicodollars).microdollars;
    const { messageId, requestId, model, agentId, webSearches, stopped } = use;
    const usage: Usage = { ...use.tokens, messages: 1, costMicrodollars };
    const seen: LedgerRow = {
      ...{ messageId, requestId, sessionId, bornAt, model, agentId, at, webSearches, stopped },
      ...{ basis, usage },
      costPicodollars,
    };
    const before = this.#changed.get(id) ?? this.#known.get(id);
    const after = before ? mergeSightings(before, seen) : seen;
    if (before && same(before, after)) return [];
    this.#changed.set(id, after);
    const context =
      use.contextTokens === null || after.sessionId !== sessionId
        ? null
        : { tokens: use.contextTokens, window: windowFor(use.contextTokens, contextWindow) };
    return news(before, after, context);
  }
}

function same(a: LedgerRow, b: LedgerRow): boolean {
  return (
    a.usage === b.usage &&
    a.sessionId === b.sessionId &&
    a.bornAt === b.bornAt &&
    a.at === b.at &&
    a.stopped === b.stopped
  );
}

function news(
  before: LedgerRow | undefined,
  after: LedgerRow,
  context: LedgerEntry['context'],
): LedgerNews[] {
  const gained = { ...entryOf(after), context, after: after.usage };
  if (before?.sessionId === after.sessionId) {
    return [
      {
        sessionId: after.sessionId,
        entry: {
          ...gained,
          before: before.usage,
          costChange: cost(after) - cost(before),
          incompleteChange: incomplete(after) - incomplete(before),
        },
      },
    ];
  }
  const all = [
    {
      sessionId: after.sessionId,
      entry: {
        ...gained,
        before: NO_USAGE,
        costChange: cost(after),
        incompleteChange: incomplete(after),
      },
    },
  ];
  if (before) {
    const lost = {
      ...entryOf(before),
      context: null,
      before: before.usage,
      after: NO_USAGE,
      costChange: -cost(before),
      incompleteChange: -incomplete(before),
    };
    all.unshift({ sessionId: before.sessionId, entry: lost });
  }
  return all;
}

function cost({ costPicodollars }: LedgerRow): number {
  return costPicodollars ?? 0;
}

function incomplete({ usage, stopped }: LedgerRow): number {
  return isOutputIncomplete(usage.outputTokens, stopped) ? 1 : 0;
}

function entryOf({ messageId, model, agentId, at, basis }: LedgerRow) {
  return { messageId, model, agentId, at, basis };
}

function windowFor(tokens: number, listed: number | null): number | null {
  return listed !== null && tokens > listed ? LONG_WINDOW : listed;
}
