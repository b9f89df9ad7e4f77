import type { Run } from '@claude-optimizer/protocol';

type Options = {
  /** Called when a run's time has come. */
  onDue: (run: Run) => void;
  now: () => number;
};

/** Runs that wait to be tried again. */
export class HeldRuns {
  readonly #options: Options;
  readonly #held = new Map<string, { run: Run; timer: NodeJS.Timeout }>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Waits until the run's `heldUntil`. */
  hold(run: Run): void {
    const wait = Math.max(0, (run.heldUntil ?? 0) - this.#options.now());
    const timer = setTimeout(() => {
      this.#held.delete(run.id);
      this.#options.onDue(run);
    }, wait);
    this.#held.set(run.id, { run, timer });
  }

  /** Takes a run out; null where it isn't held. */
  take(id: string): Run | null {
    const held = this.#held.get(id);
    if (!held) return null;
    clearTimeout(held.timer);
    this.#held.delete(id);
    return held.run;
  }

  all(): Run[] {
    return [...this.#held.values()].map(({ run }) => run);
  }

  close(): void {
    for (const { timer } of this.#held.values()) clearTimeout(timer);
  }
}
