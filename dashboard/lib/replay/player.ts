import {
  clockAt,
  comesLate,
  countAt,
  marksOf,
  playTimes,
  Replay,
  stepFrom,
  type Mark,
  type Speed,
  type StepKind,
} from '@claude-optimizer/core/replay';
import type { SessionDetail, SessionEvent } from '@claude-optimizer/protocol';

/** Where a replay stands. */
export type PlayerState = {
  events: readonly SessionEvent[];
  marks: readonly Mark[];
  /** How many events are shown; 0 until the first is there. */
  count: number;
  /** `seq` of the last of them; what was asked for until it is there. */
  seq: number;
  /** The session's clock (epoch ms). */
  at: number;
  /** The session as it was; null until its events are there. */
  detail: SessionDetail | null;
  isPlaying: boolean;
  speed: Speed;
  /** Whether what is shown last happened long before others that stand before it. */
  isLate: boolean;
};

/** Drawn as often as eyes can follow numbers. */
const DRAW_MS = 66;
/** A page that was hidden doesn't catch up with what would have been played. */
const LONGEST_FRAME_MS = 250;

/** Plays a session's events: where it stands, and the session as it was there. */
export class Player {
  state: PlayerState;
  readonly #replay: Replay;
  readonly #watchers = new Set<() => void>();
  /** The event to go to once it is there. */
  #wanted: number | null;
  #times: number[] = [];
  #time = 0;
  #undrawn = 0;

  constructor(id: string, slotMs: number, seq: number, speed: Speed = 'skip') {
    this.#replay = new Replay(id, slotMs);
    this.#wanted = seq;
    const nowhere = { count: 0, seq, at: 0, detail: null, isPlaying: false, isLate: false };
    this.state = { ...nowhere, events: [], marks: [], speed };
  }

  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** The events that are there; with new ones what is shown stays as it is. */
  use(events: readonly SessionEvent[], isComplete: boolean): void {
    if (events === this.state.events && !isComplete) return;
    this.#replay.use(events);
    this.#times = playTimes(events, this.state.speed);
    this.state = { ...this.state, events, marks: marksOf(events) };
    const wanted = this.#wanted ?? this.state.seq;
    const isThere = isComplete || (events.at(-1)?.seq ?? -1) >= wanted;
    if (isThere && events.length > 0) this.seekSeq(wanted, this.state.isPlaying);
    else this.#publish();
  }

  /** To the last event up to `seq`, or to the first. */
  seekSeq(seq: number, goesOn = false): void {
    const { events } = this.state;
    this.#wanted = events.length === 0 ? seq : null;
    const count = events.findLastIndex((event) => event.seq <= seq) + 1;
    if (goesOn && count === this.state.count) this.#show(count, this.state.at);
    else this.seek(count, goesOn);
  }

  /** To the moment after `count` events. */
  seek(count: number, goesOn = false): void {
    const { events } = this.state;
    if (events.length === 0) return;
    const shown = Math.max(1, Math.min(count, events.length));
    this.#time = this.#times[shown - 1] ?? 0;
    this.state = { ...this.state, isPlaying: goesOn };
    this.#show(shown, events[shown - 1]?.timestamp ?? 0);
  }

  /** A step; false where there is nothing more of its kind. */
  step(kind: StepKind, direction: 1 | -1): boolean {
    const { events, marks, count } = this.state;
    const next = stepFrom({ marks, length: events.length, count, kind, direction });
    if (next === null) return false;
    this.seek(next);
    return true;
  }

  /** Goes on from here; from the start where the end was reached. */
  play(): void {
    const { count, events } = this.state;
    if (count >= events.length) this.seek(1);
    this.#set({ isPlaying: true });
  }

  pause(): void {
    if (this.state.isPlaying) this.#set({ isPlaying: false });
  }

  setSpeed(speed: Speed): void {
    this.#times = playTimes(this.state.events, speed);
    this.#time = this.#times[this.state.count - 1] ?? 0;
    this.#set({ speed });
  }

  /** Lets `ms` of playing pass. */
  pass(ms: number): void {
    const { isPlaying, events, speed, count } = this.state;
    if (!isPlaying) return;
    const passed = Math.min(ms, LONGEST_FRAME_MS);
    this.#time += passed;
    this.#undrawn += passed;
    const next = Math.max(count, countAt(this.#times, this.#time));
    const isOver = next >= events.length;
    if (this.#undrawn < DRAW_MS && !isOver) return;
    this.#undrawn = 0;
    if (isOver) this.state = { ...this.state, isPlaying: false };
    this.#show(next, clockAt(events, this.#times, this.#time, speed));
  }

  #show(count: number, at: number): void {
    const { events } = this.state;
    const seq = events[count - 1]?.seq ?? this.state.seq;
    const detail = this.#replay.after(count, at);
    this.#set({ count, seq, at, detail, isLate: comesLate(events, count) });
  }

  #set(changes: Partial<PlayerState>): void {
    this.state = { ...this.state, ...changes };
    this.#publish();
  }

  #publish(): void {
    for (const watcher of this.#watchers) watcher();
  }
}
