/** Time as the demo's sessions live it: `speed` times as fast as the clock on the wall. */
export class LifeClock {
  readonly #now: () => number;
  #speed: number;
  #since: number;
  #lived = 0;

  constructor(now: () => number, speed: number) {
    this.#now = now;
    this.#speed = speed;
    this.#since = now();
  }

  /** Ms of life since the start. */
  elapsed(): number {
    return this.#lived + (this.#now() - this.#since) * this.#speed;
  }

  /** Real ms until the moment `at` of life; 0 when it is past. */
  until(at: number): number {
    return Math.max(0, (at - this.elapsed()) / this.#speed);
  }

  setSpeed(speed: number): void {
    this.#lived = this.elapsed();
    this.#since = this.#now();
    this.#speed = speed;
  }
}
