import { setImmediate as nextTick, setTimeout as wait } from 'node:timers/promises';
import type { ArchiveSettings, PruneAnswer, PruneRequest } from '@claude-optimizer/protocol';
import { ArchiveDesk, type StoredStatus } from './archive-desk.js';
import type { About } from './frame-file.js';

/** A transcript that is being written is kept once in so many ms, not with every line. */
const GATHER_MS = 1_500;
/** What can't be read, or waits for room, is tried again after so long. */
const RETRY_MS = 60_000;
/** How often is looked for the retention and the limit, and while much is kept for the limit. */
const LOOK_MS = 15 * 60_000;
const LIMIT_MS = 5_000;
/** How old an answer may be to the question which transcripts are gone. */
const GONE_MS = 30_000;

/** What archive work can be asked; the answers go back by its number. */
export type ArchiveRequest =
  | { type: 'status' }
  | { type: 'prune'; request: PruneRequest }
  | { type: 'forget'; sessionId: string };
export type ArchiveAnswer = PruneAnswer | WorkStatus | null;

export type WorkStatus = StoredStatus & {
  pending: number;
  isFull: boolean;
  problem: string | null;
};

/** Keeps the transcripts that it is told of, one after another, with pauses in between. */
export class ArchiveWork {
  readonly #desk: ArchiveDesk;
  readonly #now: () => number;
  readonly #rest: number;
  readonly #waiting = new Map<string, { about: About; due: number }>();
  readonly #forgotten = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #looking: NodeJS.Timeout;
  #running: Promise<void> | null = null;
  #isEnding = false;
  #problem: string | null = null;
  #heldAt = -Infinity;
  #lookedAt = -Infinity;

  /** `rest`: so many times as long as a step took is rested after it. */
  constructor(desk: ArchiveDesk, options: { now: () => number; rest: number }) {
    this.#desk = desk;
    this.#now = options.now;
    this.#rest = options.rest;
    this.#looking = setInterval(() => {
      this.#look();
    }, LOOK_MS);
    this.#looking.unref();
  }

  static async open(options: {
    folder: string;
    settings: ArchiveSettings;
    now: () => number;
    rest: number;
  }): Promise<ArchiveWork> {
    const desk = await ArchiveDesk.open(options.folder, options.settings, options.now);
    return new ArchiveWork(desk, options);
  }

  /** Transcripts that are there, or have changed; `soon`: being written, so gathered for a while. */
  take(abouts: readonly About[], { soon = false } = {}): void {
    const due = this.#now() + (soon ? GATHER_MS : 0);
    for (const about of abouts) {
      this.#forgotten.delete(about.sessionId);
      this.#await(about, due);
    }
    this.#wake();
  }

  set settings(settings: ArchiveSettings) {
    this.#desk.settings = settings;
    this.#look();
    this.#wake();
  }

  answer(request: ArchiveRequest): ArchiveAnswer {
    switch (request.type) {
      case 'status':
        this.#safely(() => {
          this.#lookForGone();
        });
        return this.status();
      case 'prune': {
        const answer = this.#desk.prune(request.request);
        this.#lookedAt = this.#now();
        this.#wake();
        return answer;
      }
      case 'forget':
        this.forget(request.sessionId);
        return null;
    }
  }

  /** Also what waits to be kept of it, and what is being kept at this moment. */
  forget(sessionId: string): void {
    this.#forgotten.add(sessionId);
    for (const [path, { about }] of this.#waiting) {
      if (about.sessionId === sessionId) this.#waiting.delete(path);
    }
    this.#desk.forget(sessionId);
  }

  status(): WorkStatus {
    const now = this.#now();
    const due = [...this.#waiting.values()].filter((one) => one.due <= now + GATHER_MS);
    const running = this.#running === null ? 0 : 1;
    return {
      ...this.#desk.status(),
      pending: due.length + running,
      isFull: this.#desk.isFull,
      problem: this.#problem,
    };
  }

  /** Ends after the step that is under way. */
  async close(): Promise<void> {
    this.#isEnding = true;
    if (this.#timer) clearTimeout(this.#timer);
    clearInterval(this.#looking);
    await this.#running;
    this.#desk.close();
  }

  #look(): void {
    this.#safely(() => {
      this.#lookForGone();
      this.#holdLimits(0);
    });
  }

  #lookForGone(): void {
    if (this.#now() - this.#lookedAt < GONE_MS) return;
    this.#desk.lookForGone();
    this.#lookedAt = this.#now();
  }

  #holdLimits(afterMs: number): void {
    if (this.#now() - this.#heldAt < afterMs) return;
    this.#desk.holdLimits();
    this.#heldAt = this.#now();
  }

  #await(about: About, due: number): void {
    const known = this.#waiting.get(about.path);
    this.#waiting.set(about.path, { about, due: Math.min(due, known?.due ?? Infinity) });
  }

  #wake(): void {
    if (this.#isEnding || this.#running !== null) return;
    if (this.#timer) clearTimeout(this.#timer);
    const first = Math.min(...[...this.#waiting.values()].map(({ due }) => due));
    if (first === Infinity) return;
    // Longer than a timer can count is as good as never.
    const ms = Math.min(Math.max(first - this.#now(), 0), 2 ** 30);
    this.#timer = setTimeout(() => {
      this.#running = this.#run().finally(() => {
        this.#running = null;
        this.#wake();
      });
    }, ms);
  }

  async #run(): Promise<void> {
    for (;;) {
      if (!this.#desk.isKeeping) {
        this.#waiting.clear();
        return;
      }
      const next = this.#due();
      if (next === null || this.#isEnding) {
        if (next !== null) this.#await(next, this.#now());
        this.#safely(() => {
          this.#holdLimits(LIMIT_MS);
        });
        return;
      }
      if (this.#desk.isFull) this.#await(next, this.#now() + RETRY_MS);
      else await this.#keep(next);
    }
  }

  #due(): About | null {
    const now = this.#now();
    for (const [path, { about, due }] of this.#waiting) {
      if (due > now) continue;
      this.#waiting.delete(path);
      return about;
    }
    return null;
  }

  async #keep(about: About): Promise<void> {
    const steps = this.#desk.keep(about);
    for (;;) {
      const began = performance.now();
      let step: IteratorResult<void, number | null> | null = null;
      const isDone = this.#safely(() => {
        step = steps.next();
        this.#holdLimits(LIMIT_MS);
      });
      if (!isDone) this.#await(about, this.#now() + RETRY_MS);
      else this.#problem = null;
      const made = step as IteratorResult<void, number | null> | null;
      if (made === null) return;
      if (made.done) {
        if (made.value !== null) this.#await(about, this.#now() + made.value);
        return;
      }
      await (this.#rest > 0 ? wait((performance.now() - began) * this.#rest) : nextTick());
      // Forgotten in the meantime: not a byte more.
      if (this.#isEnding || this.#forgotten.has(about.sessionId)) {
        steps.return(null);
        return;
      }
    }
  }

  #safely(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      return false;
    }
  }
}
