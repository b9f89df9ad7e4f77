import { createHash } from 'node:crypto';
import type { PlanStore } from '@claude-optimizer/store';
import type { WriteEntries } from './read-calendars.js';
import type { CalendarSource, Fetched } from './source.js';

export const OWN = 'own';

/** Our own schedule, written as a calendar so that it goes the same way as all others. */
export class OwnSource implements CalendarSource {
  readonly id = OWN;
  /** Through its entries, by the schedule itself. */
  readonly writable = true;
  readonly #store: Pick<PlanStore, 'entries'>;
  readonly #write: WriteEntries;

  constructor(store: Pick<PlanStore, 'entries'>, write: WriteEntries) {
    this.#store = store;
    this.#write = write;
  }

  async fetch(memory: string): Promise<Fetched | null> {
    const entries = await this.#store.entries();
    const seen = createHash('sha256').update(JSON.stringify(entries)).digest('hex');
    if (seen === memory) return null;
    // One object each: an entry that can't be written or read must not hide the others.
    const objects = entries.map((entry) => ({
      ics: this.#write([entry], 'all'),
      ref: entry.id,
      etag: String(entry.revision),
    }));
    return { objects, memory: seen };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
