import { agenda, type Appointment } from './agenda.js';
import { DemoFolder } from './demo-folder.js';
import { LifeClock } from './life-clock.js';
import { INTERVAL_MS, round } from './program.js';
import { SeededRandom } from './random.js';
import type { Write } from './writing.js';

export type DemoOptions = {
  /** A configuration folder of the demo's own; `projects/` is made in it. */
  dir: string;
  /** How many times faster than life. */
  speed: number;
  /** Epoch ms. */
  now: () => number;
  /** The same seed gives the same sessions. */
  seed?: number;
  /** A session gets a budget; it may not have been read yet. */
  onBudget?: (sessionId: string, microdollars: number) => void;
  /** A write has failed; the demo has stopped. */
  onError?: (error: unknown) => void;
  signal?: AbortSignal;
};

export type DemoPlayer = {
  setSpeed(speed: number): void;
  /** Resolves when nothing more will be written. */
  stop(): Promise<void>;
  /** Resolves when the sessions of the past are on the disk. */
  ready: Promise<void>;
};

/** No new round begins later than this after the start. */
const LONGEST_MS = 60 * 60 * 1_000;
/** Budgets of sessions that were under way before the start are set so much after it (real). */
const LATE_BUDGET_MS = 2_000;

/** Plays the demo's sessions as transcript lines into a folder, round after round for an hour. */
export function startDemo(options: DemoOptions): DemoPlayer {
  const player = new Player(options);
  const ready = player.begin();
  const stop = (): Promise<void> => player.stop();
  if (options.signal?.aborted) void stop();
  options.signal?.addEventListener('abort', () => void stop(), { once: true });
  return { ready, stop, setSpeed: (speed) => player.setSpeed(speed) };
}

class Player {
  readonly #options: DemoOptions;
  readonly #folder: DemoFolder;
  readonly #random: SeededRandom;
  readonly #startedAt: number;
  readonly #clock: LifeClock;
  #rounds = 0;
  /** When the round began, in ms of life. */
  #roundAt = 0;
  #coming: Appointment[] = [];
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: DemoOptions) {
    this.#options = options;
    this.#folder = new DemoFolder(options.dir);
    this.#random = new SeededRandom(options.seed ?? options.now());
    this.#startedAt = options.now();
    this.#clock = new LifeClock(options.now, options.speed);
  }

  begin(): Promise<void> {
    this.#enter();
    const past = this.#coming.filter(({ at }) => at < 0);
    this.#coming = this.#coming.slice(past.length);
    this.#run(() => this.#writePast(past));
    return this.#writing;
  }

  setSpeed(speed: number): void {
    this.#clock.setSpeed(speed);
    if (this.#timer !== null) this.#schedule();
  }

  stop(): Promise<void> {
    this.#stopped = true;
    this.#clearTimer();
    return this.#writing;
  }

  #enter(): void {
    this.#coming = agenda(round(this.#rounds), this.#random);
    this.#rounds += 1;
  }

  async #writePast(past: readonly Appointment[]): Promise<void> {
    const lastAt = new Map<string, number>();
    const writes: Write[] = [];
    for (const { at, act, scribe } of past) {
      const then = this.#startedAt + at;
      for (const write of scribe.write(act, then)) {
        writes.push(write);
        if (write.kind !== 'budget') lastAt.set(write.path, then);
      }
    }
    await this.#folder.write(byFile(writes.filter(isFileWrite)));
    for (const [path, at] of lastAt) await this.#folder.date(path, at);
    const late = past.filter(({ act }) => act.kind === 'budget');
    this.#coming.unshift(
      ...late.map((budget) => ({ ...budget, at: LATE_BUDGET_MS * this.#options.speed })),
    );
    this.#coming.sort((a, b) => a.at - b.at);
  }

  #schedule(): void {
    this.#clearTimer();
    if (this.#stopped) return;
    const next = this.#coming[0];
    if (next === undefined && this.#options.now() - this.#startedAt >= LONGEST_MS) return;
    const at = next ? this.#roundAt + next.at : this.#clock.elapsed() + INTERVAL_MS;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        this.#run(next ? () => this.#writeDue() : () => this.#nextRound());
      },
      Math.ceil(this.#clock.until(at)),
    );
  }

  async #writeDue(): Promise<void> {
    const elapsed = this.#clock.elapsed() - this.#roundAt;
    const count = this.#coming.findIndex(({ at }) => at > elapsed);
    const due = this.#coming.splice(0, count === -1 ? this.#coming.length : count);
    const now = this.#options.now();
    const writes = due.flatMap(({ act, scribe }) => scribe.write(act, now));
    await this.#folder.write(writes.filter(isFileWrite));
    for (const write of writes) {
      if (write.kind === 'budget') this.#options.onBudget?.(write.sessionId, write.microdollars);
    }
  }

  async #nextRound(): Promise<void> {
    this.#roundAt = this.#clock.elapsed();
    this.#enter();
    await this.#writeDue();
  }

  #run(step: () => Promise<void>): void {
    this.#writing = step()
      .then(() => this.#schedule())
      .catch((error: unknown) => {
        this.#stopped = true;
        this.#options.onError?.(error);
      });
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

type FileWrite = Exclude<Write, { kind: 'budget' }>;

function isFileWrite(write: Write): write is FileWrite {
  return write.kind !== 'budget';
}

/** The past has no order between files: each is written in one flush. */
function byFile(writes: readonly FileWrite[]): FileWrite[] {
  return [...writes].sort((a, b) => (a.path === b.path ? 0 : a.path < b.path ? -1 : 1));
}
