import type { Run } from '@claude-optimizer/protocol';
import type { PlanStore } from '@claude-optimizer/store';
import type { Announcer } from '../feed/announcer.js';
import { Listeners } from '../listeners.js';
import type { Log } from '../log.js';

type Options = {
  store: Pick<PlanStore, 'moveRun'>;
  announcer: Pick<Announcer, 'announce'>;
  log: Log;
};

/** Stores the revisions of runs, one write after another, and tells of each. */
export class RunRecords {
  readonly #options: Options;
  readonly #changes = new Listeners<[Run]>();
  #writing: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Called with each run that has changed. Returns the unsubscriber. */
  onChange(listener: (run: Run) => void): () => void {
    return this.#changes.add(listener);
  }

  /** Stored in turn with all other writes, and told of when it stands. */
  async store(run: Run, fromRevision: number): Promise<void> {
    await this.#move(run, fromRevision);
    this.tell(run);
  }

  /** The same for the next revision of a run under way, told of at once. */
  follow(run: Run): void {
    void this.#move(run, run.revision - 1);
    this.tell(run);
  }

  tell(run: Run): void {
    this.#options.announcer.announce('run', run);
    this.#changes.tell(run);
  }

  /** Once all that was to be stored is. */
  settled(): Promise<void> {
    return this.#writing;
  }

  /** One after another; what fails is in the log, and the next is tried all the same. */
  #move(run: Run, fromRevision: number): Promise<void> {
    const { store, log } = this.#options;
    const done = this.#writing
      .then(async () => {
        if (await store.moveRun(run, fromRevision)) return;
        // Is a second daemon running on the same data folder?
        log.error({ run: run.id }, 'a run was changed by another');
      })
      .catch((error: unknown) => {
        log.error({ err: error, run: run.id }, 'a run could not be stored');
      });
    this.#writing = done;
    return done;
  }
}
