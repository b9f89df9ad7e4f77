import { setTimeout as sleep } from 'node:timers/promises';
import type { HeardOf } from '../transcripts/draft.js';
import type { Log } from '../log.js';

/** What comes within so many ms of a commit is committed together. */
const GATHER_MS = 8;
/** So much of one commit keeps the socket and live lines waiting for only a few ms. */
const MOST_TOGETHER = 500;
/** More than that waits only when the store doesn't take anything for many seconds. */
const MOST_WAITING = 100_000;
const PAUSE_MS = 250;
const ATTEMPTS = 5;

type Options = { hear: (heard: readonly HeardOf[]) => Promise<void>; log: Log };

/**
 * Takes what hooks and telemetry say without making them wait, and commits it in batches: the
 * first at once, the rest together. What can't be stored is tried again, at last one by one.
 */
export class HookIntake {
  readonly #options: Options;
  #waiting: HeardOf[] = [];
  #working: Promise<void> | null = null;
  #lost = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Takes it in; what it becomes is told once it is stored. */
  take(heard: HeardOf): void {
    if (heard.said.length === 0) return;
    if (this.#waiting.length >= MOST_WAITING) {
      this.#lost += 1;
      if (this.#lost === 1) this.#options.log.error('hooks come faster than they can be stored');
      return;
    }
    this.#waiting.push(heard);
    this.#working ??= this.#work();
  }

  /** Resolves once all that was taken is stored. */
  async close(): Promise<void> {
    while (this.#working) await this.#working;
  }

  async #work(): Promise<void> {
    // What lies in the same read of the socket comes along.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const began = performance.now();
      await this.#store(this.#waiting.splice(0, MOST_TOGETHER));
      if (this.#waiting.length >= MOST_TOGETHER) continue;
      const rest = GATHER_MS - (performance.now() - began);
      if (rest > 1) await sleep(rest);
    }
    this.#working = null;
  }

  async #store(heard: readonly HeardOf[]): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        await this.#options.hear(heard);
        return;
      } catch (error) {
        const { log } = this.#options;
        if (heard.length > 1 && attempt === ATTEMPTS) {
          for (const one of heard) await this.#store([one]);
          return;
        }
        log.error({ err: error, count: heard.length, attempt }, 'hooks could not be stored');
        if (attempt < ATTEMPTS) await sleep(PAUSE_MS);
      }
    }
  }
}
