import { isOutputIncomplete, USAGE_SLOT_MS } from '@claude-optimizer/protocol';
import type { Selectable } from 'kysely';
import type { LedgerRow } from '../store.js';
import type { Database } from './schema.js';
import { COUNTS } from './usage-sum-query.js';

/** The columns of a slot as they are written. */
export const SLOT_COLUMNS = ['at', 'session_key', 'model', ...COUNTS] as const;

export type Slot = Selectable<Database['usage_slots']>;
type Response = Pick<
  Selectable<Database['usage']>,
  | 'session_key'
  | 'model'
  | 'at'
  | 'input'
  | 'output'
  | 'cache_write_5m'
  | 'cache_write_1h'
  | 'cache_read'
  | 'cost'
  | 'basis'
  | 'stopped'
>;

/** What the responses of one commit change in the sums by slot. */
export class SlotChanges {
  readonly #slots = new Map<string, Slot>();
  #last: Slot | null = null;

  /** Adds a response, or with `sign` -1 takes one away that another replaces. */
  add(row: Response, sign: 1 | -1): void {
    const slot = this.#slotOf(row);
    const tokens =
      row.input + row.output + row.cache_write_5m + row.cache_write_1h + row.cache_read;
    const isUnpriced = row.cost === null;
    slot.input += sign * row.input;
    slot.output += sign * row.output;
    slot.cache_write_5m += sign * row.cache_write_5m;
    slot.cache_write_1h += sign * row.cache_write_1h;
    slot.cache_read += sign * row.cache_read;
    slot.messages += sign;
    slot.cost += sign * (row.cost ?? 0);
    slot.unpriced_messages += isUnpriced ? sign : 0;
    slot.unpriced_tokens += isUnpriced ? sign * tokens : 0;
    slot.estimated_messages += row.basis === 'estimate' ? sign : 0;
    slot.incomplete_messages += isOutputIncomplete(row.output, row.stopped === 1) ? sign : 0;
  }

  #slotOf(row: Response): Slot {
    const at = row.at - (row.at % USAGE_SLOT_MS);
    const last = this.#last;
    // Mostly the same as the one before.
    if (last?.at === at && last.session_key === row.session_key && last.model === row.model) {
      return last;
    }
    const id = `${String(at)} ${String(row.session_key)} ${row.model}`;
    const slot = this.#slots.get(id) ?? emptySlot(at, row);
    this.#slots.set(id, slot);
    this.#last = slot;
    return slot;
  }

  /** As `add`, of a response that is no row yet. */
  addEntry(sessionKey: number, entry: LedgerRow, sign: 1 | -1): void {
    const { usage } = entry;
    this.add(
      {
        session_key: sessionKey,
        model: entry.model,
        at: entry.at,
        input: usage.inputTokens,
        output: usage.outputTokens,
        cache_write_5m: usage.cacheWrite5mTokens,
        cache_write_1h: usage.cacheWrite1hTokens,
        cache_read: usage.cacheReadTokens,
        cost: entry.costPicodollars,
        basis: entry.basis,
        stopped: entry.stopped ? 1 : 0,
      },
      sign,
    );
  }

  /** What is to be added to each slot. */
  changes(): IterableIterator<Slot> {
    return this.#slots.values();
  }
}

function emptySlot(at: number, { session_key, model }: Response): Slot {
  const nothing = Object.fromEntries(COUNTS.map((count) => [count, 0])) as Record<
    (typeof COUNTS)[number],
    number
  >;
  return { at, session_key, model, ...nothing };
}
