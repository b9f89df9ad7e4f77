import type { Pricing } from '@claude-optimizer/protocol';
import type { Sessions } from '../sessions/open-sessions.js';
import { loadPrices } from './load-prices.js';
import type { Repricing } from './reprice.js';

/** The prices of the history while a daemon runs: how they stand, and giving it those of now. */
export class PriceDesk {
  readonly #dataDir: string;
  readonly #sessions: Pick<Sessions, 'reprice' | 'hasOtherPrices'>;
  #standing: Pricing = { current: true, repricing: null };
  #running: Promise<Repricing> | null = null;

  constructor(dataDir: string, sessions: Pick<Sessions, 'reprice' | 'hasOtherPrices'>) {
    this.#dataDir = dataDir;
    this.#sessions = sessions;
  }

  /** Compares the history's prices with those of now: whether they are the same. */
  async look(): Promise<boolean> {
    const current = !(await this.#sessions.hasOtherPrices());
    this.#standing = { ...this.#standing, current };
    return current;
  }

  standing(): Pricing {
    return this.#standing;
  }

  /**
   * Gives the whole history the prices that stand in the data folder now; `reason` stands in the
   * audit line. Whoever asks meanwhile waits for the same. Throws `config_invalid`.
   */
  reprice(reason: string): Promise<Repricing> {
    this.#running ??= this.#reprice(reason).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #reprice(reason: string): Promise<Repricing> {
    loadPrices(this.#dataDir);
    try {
      return await this.#sessions.reprice(reason, (repricing) => {
        this.#standing = { ...this.#standing, repricing };
      });
    } finally {
      this.#standing = { ...this.#standing, repricing: null };
      await this.look();
    }
  }
}
