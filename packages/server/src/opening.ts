/** A page that hasn't got its data after so long doesn't hold up the rest any longer. */
const LONGEST_MS = 1_500;

/** Who opens the page at a start has asked for it by then. */
const START_MS = 250;

/** Whether a page is being opened: until it follows, what can wait leaves the machine to it. */
export class Opening {
  #end: () => void = () => undefined;
  #over: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  /** The port is open: somebody may be about to ask for a page. */
  expect(): void {
    this.#hold(START_MS);
  }

  /** A page was asked for. */
  begin(): void {
    this.#hold(LONGEST_MS);
  }

  #hold(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    else this.#over = new Promise((resolve) => (this.#end = resolve));
    this.#timer = setTimeout(this.end, ms);
    this.#timer.unref();
  }

  /** It has its data and follows; or nobody waits any more. */
  end = (): void => {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#end();
  };

  /** Resolves when no page is being opened. */
  over = (): Promise<void> => this.#over;
}
