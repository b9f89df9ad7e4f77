import { OptimizerError, type Deletion } from '@claude-optimizer/protocol';
import type { Store } from '@claude-optimizer/store';
import type { Log } from '../log.js';

/** So long a deletion can be taken back. */
export const UNDO_MS = 30_000;
/** Rows removed at a time, so that a live line never waits long. */
const ROWS = 500;
const RETRY_MS = 60_000;

/** What deletions need of the one that reads transcripts. */
export type Reading = {
  ignores(sessionId: string): boolean;
  ignore(sessionId: string, mark: () => Promise<readonly string[] | null>): Promise<boolean>;
  heed(sessionId: string, unmark: () => Promise<boolean>): Promise<boolean>;
  forget(sessionId: string): Promise<void>;
  between<T>(work: () => Promise<T>): Promise<T>;
};

type Options = {
  store: Store;
  reading: Reading;
  /** Called when who shows the history must forget what it knows. */
  onChange: () => void;
  now: () => number;
  log: Log;
};

/**
 * Deletes sessions here, and only here: Claude Code's own files are left alone and no longer read.
 * First a mark takes them out of lists and sums; what is stored goes when the undo time is over,
 * also when the daemon was away meanwhile.
 */
export class Deletions {
  readonly #options: Options;
  readonly #removers: ((sessionId: string) => Promise<void>)[] = [];
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #removing: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Adds one that removes what is kept of a session elsewhere, before the store forgets it. */
  alsoRemove(remover: (sessionId: string) => Promise<void>): void {
    this.#removers.push(remover);
  }

  /** Takes up deletions that weren't carried out yet. */
  async begin(): Promise<void> {
    const { store, now } = this.#options;
    for (const { sessionId, at, removedAt } of await store.deletedSessions()) {
      if (removedAt === null) this.#removeIn(sessionId, at + UNDO_MS - now());
    }
  }

  /** Marks a session as deleted; null when it's unknown. */
  async delete(sessionId: string): Promise<Deletion | null> {
    const { store, reading, now } = this.#options;
    const at = now();
    const isMarked = await reading.ignore(sessionId, () => store.markDeleted(sessionId, at));
    if (!isMarked) return null;
    await this.#changed();
    this.#removeIn(sessionId, UNDO_MS);
    return { sessionId, undoUntil: at + UNDO_MS };
  }

  /** Takes a deletion back. Throws `not_found` where there is none or the undo time is over. */
  async undelete(sessionId: string): Promise<void> {
    const { store, reading } = this.#options;
    if (!this.#timers.has(sessionId)) throw nothingToUndo(sessionId);
    if (!(await reading.heed(sessionId, () => store.unmarkDeleted(sessionId)))) {
      throw nothingToUndo(sessionId);
    }
    clearTimeout(this.#timers.get(sessionId));
    this.#timers.delete(sessionId);
    await this.#changed();
  }

  /** Leaves a session out of lists, or puts it back; false when it's unknown. */
  async hide(sessionId: string, hidden: boolean): Promise<boolean> {
    const { store, reading } = this.#options;
    if (reading.ignores(sessionId)) return false;
    const isKnown = await reading.between(() => store.setHidden(sessionId, hidden));
    if (isKnown) await this.#changed();
    return isKnown;
  }

  /** Ends after the step that is under way; what is left is done at the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await this.#removing;
  }

  async #changed(): Promise<void> {
    const { store, reading, onChange } = this.#options;
    await reading.between(() => store.renew());
    onChange();
  }

  #removeIn(sessionId: string, ms: number): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(sessionId);
        this.#removing = this.#removing.then(() => this.#remove(sessionId));
      },
      Math.max(ms, 0),
    );
    timer.unref();
    this.#timers.set(sessionId, timer);
  }

  /** The store comes last: as long as it has the mark, the rest is done again. */
  async #remove(sessionId: string): Promise<void> {
    const { store, reading, now, log } = this.#options;
    try {
      for (const remove of this.#removers) await remove(sessionId);
      for (let isDone = false; !isDone && !this.#isClosed;) {
        isDone = await reading.between(() => store.removeDeleted(sessionId, ROWS, now()));
      }
      await reading.forget(sessionId);
    } catch (error) {
      log.error({ err: error, sessionId }, 'a deleted session could not be removed; trying again');
      if (!this.#isClosed) this.#removeIn(sessionId, RETRY_MS);
    }
  }
}

function nothingToUndo(sessionId: string): OptimizerError {
  return new OptimizerError('not_found', `The deletion of session ${sessionId} can't be undone.`, {
    fix: `It wasn't deleted, or more than ${String(UNDO_MS / 1_000)} seconds ago.`,
  });
}
