import type { SessionEvent } from '@claude-optimizer/protocol';

const LIMIT = 4_000;

/**
 * The newest events of all sessions, so that an answer that was asked for can catch up with what
 * came while it was on its way.
 */
export class RecentEvents {
  #events: SessionEvent[] = [];
  /** Everything after this is here. */
  #from = 0;

  add(events: readonly SessionEvent[]): void {
    this.#events.push(...events);
    const surplus = this.#events.length - LIMIT;
    if (surplus > 0) this.#from = this.#events.splice(0, surplus).at(-1)?.seq ?? this.#from;
  }

  /** Forgets everything; what comes next follows `seq`. */
  restart(seq: number): void {
    this.#events = [];
    this.#from = seq;
  }

  /** The events after `seq`; null when some of them are no longer (or never were) here. */
  after(seq: number): SessionEvent[] | null {
    return seq < this.#from ? null : this.#events.filter((event) => event.seq > seq);
  }
}
