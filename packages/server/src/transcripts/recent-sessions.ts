import type { Store, StoredSession } from '@claude-optimizer/store';
import type { Copies } from './copies.js';
import { TELLING, Told } from './told.js';

/** Sessions whose state is kept at hand; the others are loaded when they speak again. */
const MAX_CACHED = 256;
const MAX_TOLD = 512;

/** The sessions that spoke last, as they are and with what was told of them. */
export class RecentSessions {
  readonly #store: Store;
  readonly #copies: Copies;
  readonly #cache = new Map<string, StoredSession>();
  readonly #told = new Map<string, Told>();

  constructor(store: Store, copies: Copies) {
    this.#store = store;
    this.#copies = copies;
  }

  /** The sessions as they are stored, of those that are. */
  async load(ids: readonly string[]): Promise<Map<string, StoredSession>> {
    const missing = ids.filter((id) => !this.#cache.has(id));
    const loaded =
      missing.length > 0 ? await this.#store.sessions(missing) : new Map<string, StoredSession>();
    for (const id of ids) {
      const cached = this.#cache.get(id);
      if (cached) loaded.set(id, cached);
    }
    return loaded;
  }

  /** What was told of each session, as it is loaded. */
  async loadTold(
    ids: readonly string[],
    known: ReadonlyMap<string, StoredSession>,
  ): Promise<ReadonlyMap<string, Told>> {
    const wanted = new Map<string, Told>();
    for (const id of ids) {
      const told = this.#told.get(id) ?? (await this.#tellingOf(id, known.get(id)));
      told.copied = this.#copies.has(id);
      this.#told.delete(id);
      this.#told.set(id, told);
      wanted.set(id, told);
    }
    for (const id of this.#told.keys()) {
      if (this.#told.size <= MAX_TOLD) break;
      this.#told.delete(id);
    }
    return wanted;
  }

  async #tellingOf(id: string, session: StoredSession | undefined): Promise<Told> {
    if (session === undefined) return new Told([], 0);
    const events = await this.#store.sessionEventsOf(id, TELLING);
    return new Told(events, session.state.summary.lastAt);
  }

  /** Keeps how a session has become. */
  keep(id: string, session: StoredSession): void {
    this.#cache.delete(id);
    this.#cache.set(id, session);
    const oldest = this.#cache.keys().next();
    if (this.#cache.size > MAX_CACHED && !oldest.done) this.#cache.delete(oldest.value);
  }

  /** Drops what is remembered of a session that is no longer stored. */
  forget(sessionId: string): void {
    this.#cache.delete(sessionId);
    this.#told.delete(sessionId);
  }

  /** Forgets the states, and what was told: they are ahead of the store. */
  clear(): void {
    this.#cache.clear();
    this.#told.clear();
  }
}
