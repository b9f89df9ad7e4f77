import type { SessionDetail, SessionEvent } from '@claude-optimizer/protocol';
import { detailAt, detailBefore, foldDetail } from '../fold/detail.js';

/** Events between two checkpoints at first: what a step back has to fold at most. */
const FIRST_SPACING = 128;
/** With more than so many checkpoints every second one is dropped: the rest are twice as far apart. */
const MOST_CHECKPOINTS = 64;

/**
 * A session's past: its detail as it was after any of its events, by the fold that also makes the
 * live one. Checkpoints on the way make a step cheap in both directions; how many there are is
 * bounded, whatever the session's length.
 */
export class Replay {
  readonly #id: string;
  readonly #slotMs: number;
  #events: readonly SessionEvent[] = [];
  /** The detail after the first `spacing × (n + 1)` events. */
  #checkpoints: SessionDetail[] = [];
  #spacing = FIRST_SPACING;
  /** Where it was asked for last: one step forward folds one event. */
  #last: { count: number; detail: SessionDetail } | null = null;

  constructor(id: string, slotMs: number) {
    this.#id = id;
    this.#slotMs = slotMs;
  }

  get length(): number {
    return this.#events.length;
  }

  get checkpoints(): number {
    return this.#checkpoints.length;
  }

  /**
   * The session's events, all of them and in order. More of them than before keep what was made;
   * others than before (another history) make it anew.
   */
  use(events: readonly SessionEvent[]): void {
    const goesOn = this.#events.at(-1)?.seq === events[this.#events.length - 1]?.seq;
    const sameStart = this.#events[0]?.seq === events[0]?.seq;
    if (this.#events.length > 0 && !(goesOn && sameStart)) {
      this.#checkpoints = [];
      this.#spacing = FIRST_SPACING;
      this.#last = null;
    }
    this.#events = events;
  }

  /** The detail after the first `count` events, with its status as at `now` (epoch ms). */
  after(count: number, now: number): SessionDetail {
    const wanted = Math.max(0, Math.min(count, this.#events.length));
    const from = this.#nearest(wanted);
    const detail = this.#foldOn(from.count, from.detail, wanted);
    // Before the first event not even the session's time is known.
    if (wanted > 0) this.#last = { count: wanted, detail };
    return detailAt(detail, now);
  }

  #nearest(wanted: number): { count: number; detail: SessionDetail } {
    const at = Math.min(Math.floor(wanted / this.#spacing), this.#checkpoints.length);
    const checkpoint = this.#checkpoints[at - 1];
    const count = checkpoint ? at * this.#spacing : 0;
    if (this.#last && this.#last.count <= wanted && this.#last.count >= count) return this.#last;
    if (checkpoint) return { count, detail: checkpoint };
    return { count: 0, detail: detailBefore(this.#id, this.#events[0], this.#slotMs) };
  }

  #foldOn(from: number, before: SessionDetail, to: number): SessionDetail {
    let detail = before;
    let done = from;
    while (done < to) {
      // Spacing may have doubled: the next place for a checkpoint is looked up each time.
      const due = (this.#checkpoints.length + 1) * this.#spacing;
      const until = due > done && due <= to ? due : to;
      detail = foldDetail(detail, this.#events.slice(done, until));
      done = until;
      if (done === due) this.#keep(detail);
    }
    return detail;
  }

  #keep(detail: SessionDetail): void {
    this.#checkpoints.push(detail);
    if (this.#checkpoints.length <= MOST_CHECKPOINTS) return;
    this.#checkpoints = this.#checkpoints.filter((_, index) => index % 2 === 1);
    this.#spacing *= 2;
  }
}
