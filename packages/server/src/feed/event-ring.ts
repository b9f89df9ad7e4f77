import type { SessionEvent } from '@claude-optimizer/protocol';

/** The newest events of one history, without a gap, for all clients together. */
export class EventRing {
  private slots: SessionEvent[] = [];
  private first = 1;
  private last = 0;

  constructor(private readonly capacity: number) {}

  /** Takes the next event; one that it knows is ignored, after a gap it begins anew. */
  add(event: SessionEvent): void {
    if (event.seq <= this.last) return;
    if (event.seq !== this.last + 1) this.first = event.seq;
    this.last = event.seq;
    this.first = Math.max(this.first, this.last - this.capacity + 1);
    this.slots[event.seq % this.capacity] = event;
  }

  /** The events that follow `cursor`, at most `limit`; null when it doesn't have the first. */
  after(cursor: number, limit: number): SessionEvent[] | null {
    if (cursor + 1 < this.first || cursor >= this.last) return null;
    const events: SessionEvent[] = [];
    const until = Math.min(this.last, cursor + limit);
    for (let seq = cursor + 1; seq <= until; seq++) {
      const event = this.slots[seq % this.capacity];
      if (event) events.push(event);
    }
    return events;
  }

  clear(): void {
    this.slots = [];
    this.first = 1;
    this.last = 0;
  }
}
