import type { SessionEvent } from '@claude-optimizer/protocol';

/**
 * How far a client has been served, in `seq`. Sent are the events after `start` up to the cursor
 * and, once the client has gone back behind what it had been sent, a stretch further on (`ahead`).
 */
export class Cursor {
  private start: number;
  private at: number;
  private ahead: { from: number; to: number } | null = null;
  private hasSpoken = false;

  constructor(seq: number) {
    this.start = seq;
    this.at = seq;
  }

  get seq(): number {
    return this.at;
  }

  /** The last event sent at all. */
  get highest(): number {
    return this.ahead?.to ?? this.at;
  }

  /** Everything up to `seq` is known to the client by other means, and nothing after it. */
  jumpTo(seq: number): void {
    this.start = seq;
    this.at = seq;
    this.ahead = null;
  }

  /**
   * The client says that it knows everything up to `seq`. The first time it is sent what is missing
   * before, but nothing again. False when it goes back later: it has lost what it was sent.
   */
  goTo(seq: number): boolean {
    const isFirst = !this.hasSpoken;
    this.hasSpoken = true;
    if (seq >= this.at) this.moveTo(seq);
    else if (!isFirst) return false;
    else if (seq < this.start) this.goBack(seq);
    return true;
  }

  /** Those of the following events that are to be sent; the cursor then stands behind them. */
  take(following: SessionEvent[]): SessionEvent[] {
    const { ahead } = this;
    const due = ahead ? following.filter((event) => event.seq <= ahead.from) : following;
    this.moveTo(due.at(-1)?.seq ?? this.at);
    return due;
  }

  private goBack(seq: number): void {
    if (this.at > this.start) this.ahead = { from: this.start, to: this.at };
    this.start = seq;
    this.at = seq;
  }

  private moveTo(seq: number): void {
    this.at = seq;
    if (!this.ahead || seq < this.ahead.from) return;
    this.at = Math.max(seq, this.ahead.to);
    this.ahead = null;
  }
}
