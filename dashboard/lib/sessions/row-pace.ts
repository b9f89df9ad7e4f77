/**
 * Lets only so many rows be made for one frame; the others wait for the next ones, who asked first
 * first. However far a list is scrolled at once, no frame has more to do than that.
 */
export class RowPace {
  readonly #perFrame: number;
  readonly #nextFrame: (then: () => void) => void;
  readonly #waiting = new Set<() => void>();
  #left: number;
  #isAsked = false;

  constructor(perFrame: number, nextFrame: (then: () => void) => void) {
    this.#perFrame = perFrame;
    this.#nextFrame = nextFrame;
    this.#left = perFrame;
  }

  /** Whether a row may be made at once; it counts as made then. */
  take(): boolean {
    if (this.#left === 0) return false;
    this.#left -= 1;
    this.#ask();
    return true;
  }

  /** Calls `make` when a frame has room for the row. Returns what lets it wait no more. */
  wait(make: () => void): () => void {
    this.#waiting.add(make);
    this.#ask();
    return () => {
      this.#waiting.delete(make);
    };
  }

  #ask(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#nextFrame(() => {
      this.#isAsked = false;
      this.#left = this.#perFrame;
      for (const make of this.#waiting) {
        if (!this.take()) return;
        this.#waiting.delete(make);
        make();
      }
    });
  }
}
