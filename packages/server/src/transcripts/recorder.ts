import type { SessionEvent, SessionState, Unnumbered } from '@claude-optimizer/protocol';
import {
  responseId,
  type Checkpoint,
  type FileMark,
  type ResponseKey,
  type Store,
  type StoredSession,
} from '@claude-optimizer/store';
import { Draft, type HeardOf } from './draft.js';
import { Ledger } from './ledger.js';
import type { FileBatch } from './scan-file.js';
import { TELLING, Told } from './told.js';

/** Sessions whose state is kept at hand; the others are loaded when they speak again. */
const MAX_CACHED = 256;
const MAX_TOLD = 512;
/** Responses of one transaction, so that a live line never waits long. */
const REPRICED_AT_ONCE = 1_000;

/**
 * The one writer: turns what lines said into numbered events and commits them together with all
 * that follows and with the checkpoints. What failed to be written is as if it had not been read.
 */
export class Recorder {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #threadOf: (path: string) => string;
  readonly #cache = new Map<string, StoredSession>();
  /** First file of each thread of a session: another one with the same name repeats it. */
  readonly #firstFiles = new Map<string, Map<string, number>>();
  /** Files of sessions that were read earlier; which thread each is only matters once it speaks. */
  readonly #earlier = new Map<string, FileMark[]>();
  /** Sessions that stand in several copies, each of which may be ahead of the others. */
  readonly #copied = new Set<string>();
  readonly #told = new Map<string, Told>();
  #seq = 0;
  #sessionKey = 0;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(store: Store, now: () => number, threadOf: (path: string) => string) {
    this.#store = store;
    this.#now = now;
    this.#threadOf = threadOf;
  }

  /**
   * A recorder that goes on where the store ends. `now` gives epoch ms; `threadOf` names the part
   * of its session that a file's path stands for.
   */
  static async open(
    store: Store,
    now: () => number,
    files: readonly FileMark[],
    threadOf: (path: string) => string,
  ): Promise<Recorder> {
    const recorder = new Recorder(store, now, threadOf);
    for (const file of files) {
      if (file.sessionId === null) continue;
      const known = recorder.#earlier.get(file.sessionId);
      if (file.repeats) recorder.#copied.add(file.sessionId);
      else if (known) known.push(file);
      else recorder.#earlier.set(file.sessionId, [file]);
    }
    await recorder.#reload();
    return recorder;
  }

  /** `seq` of the last committed event. */
  get lastSeq(): number {
    return this.#seq;
  }

  /** Commits stretches of files in order; resolves to their events once they are stored. */
  record(batches: readonly FileBatch[]): Promise<SessionEvent[]> {
    return this.#inTurn(async () => {
      for (const { checkpoint } of batches) this.#markRepeats(checkpoint);
      const keys = batches.flatMap(({ sightings }) =>
        sightings.flatMap(({ observation }): ResponseKey[] =>
          observation.kind === 'usage' ? [observation.use] : [],
        ),
      );
      const rows = await this.#store.ledger(dedupe(keys));
      const ids = new Set(batches.flatMap(({ sessionId }) => sessionId ?? []));
      for (const row of rows.values()) ids.add(row.sessionId);
      const known = await this.#load([...ids]);
      const read = batches.flatMap(({ sessionId }) => sessionId ?? []);
      const twice = read.filter(
        (id) => this.#copied.has(id) || known.get(id)?.state.summary.live === true,
      );
      const told = await this.#loadTold(twice, known);
      return this.#commit(known, told, new Ledger(rows), batches, (draft) => {
        for (const batch of batches) draft.read(batch);
      });
    });
  }

  /** Commits what hooks and telemetry said; what transcripts have told is not told again. */
  hear(heard: readonly HeardOf[]): Promise<SessionEvent[]> {
    return this.#inTurn(async () => {
      const ids = [...new Set(heard.map(({ sessionId }) => sessionId))];
      const known = await this.#load(ids);
      const told = await this.#loadTold(ids, known);
      return this.#commit(known, told, new Ledger(new Map()), [], (draft) => {
        for (const one of heard) draft.hear(one);
      });
    });
  }

  /** Commits what `say` makes of a session's state; null when the session is unknown. */
  say(
    sessionId: string,
    say: (state: SessionState, now: number) => Unnumbered,
  ): Promise<SessionEvent | null> {
    return this.#inTurn(async () => {
      const known = await this.#load([sessionId]);
      const session = known.get(sessionId);
      if (!session) return null;
      const event = say(session.state, this.#now());
      const [told] = await this.#commit(known, new Map(), new Ledger(new Map()), [], (draft) => {
        draft.say(event);
      });
      return told ?? null;
    });
  }

  /**
   * Gives the responses of the sessions after `sessionKey` the prices of now, some at a time: the
   * last session that was looked at (null behind the last one), and the events once stored.
   */
  reprice(sessionKey: number): Promise<{ lastKey: number | null; events: SessionEvent[] }> {
    return this.#inTurn(async () => {
      const { rows, lastKey } = await this.#store.usageAfter(sessionKey, REPRICED_AT_ONCE);
      const known = await this.#load([...new Set(rows.map((row) => row.sessionId))]);
      const ledger = new Ledger(new Map());
      const events = await this.#commit(known, new Map(), ledger, [], (draft) => {
        draft.reprice(rows);
      });
      return { lastKey, events };
    });
  }

  /** Drops what is remembered of a session that is no longer stored. */
  forget(sessionId: string): void {
    this.#cache.delete(sessionId);
    this.#told.delete(sessionId);
  }

  /** Runs `work` between two commits: what it reads of the store is of one moment. */
  between<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(work);
  }

  async #commit(
    known: ReadonlyMap<string, StoredSession>,
    told: ReadonlyMap<string, Told>,
    ledger: Ledger,
    batches: readonly FileBatch[],
    fill: (draft: Draft) => void,
  ): Promise<SessionEvent[]> {
    const start = { seq: this.#seq, sessionKey: this.#sessionKey, known, told, ledger };
    const draft = new Draft(start);
    try {
      fill(draft);
      await this.#store.commit(draft.commit(batches, this.#now()));
    } catch (error) {
      this.#cache.clear();
      this.#told.clear();
      throw error;
    }
    this.#seq = draft.seq;
    this.#sessionKey = draft.sessionKey;
    for (const [id, session] of draft.sessions()) this.#keep(id, session);
    return draft.events.map(({ event }) => event);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    // The next in turn isn't concerned by this one's failure; the caller is.
    this.#queue = result.catch(() => undefined);
    return result;
  }

  #markRepeats(checkpoint: Checkpoint): void {
    if (checkpoint.sessionId === null) return;
    const threads = this.#threadsOf(checkpoint.sessionId);
    const thread = this.#threadOf(checkpoint.path);
    const first = threads.get(thread) ?? checkpoint.id;
    threads.set(thread, first);
    if (first !== checkpoint.id) checkpoint.repeats = true;
    if (checkpoint.repeats) this.#copied.add(checkpoint.sessionId);
  }

  #threadsOf(sessionId: string): Map<string, number> {
    const known = this.#firstFiles.get(sessionId);
    if (known) return known;
    const earlier = this.#earlier.get(sessionId) ?? [];
    const threads = new Map(earlier.map(({ path, id }) => [this.#threadOf(path), id]));
    this.#firstFiles.set(sessionId, threads);
    this.#earlier.delete(sessionId);
    return threads;
  }

  async #load(ids: readonly string[]): Promise<Map<string, StoredSession>> {
    const missing = ids.filter((id) => !this.#cache.has(id));
    const loaded =
      missing.length > 0 ? await this.#store.sessions(missing) : new Map<string, StoredSession>();
    for (const id of ids) {
      const cached = this.#cache.get(id);
      if (cached) loaded.set(id, cached);
    }
    return loaded;
  }

  async #loadTold(
    ids: readonly string[],
    known: ReadonlyMap<string, StoredSession>,
  ): Promise<ReadonlyMap<string, Told>> {
    const wanted = new Map<string, Told>();
    for (const id of ids) {
      const told = this.#told.get(id) ?? (await this.#tellingOf(id, known.get(id)));
      told.copied = this.#copied.has(id);
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

  #keep(id: string, session: StoredSession): void {
    this.#cache.delete(id);
    this.#cache.set(id, session);
    const oldest = this.#cache.keys().next();
    if (this.#cache.size > MAX_CACHED && !oldest.done) this.#cache.delete(oldest.value);
  }

  async #reload(): Promise<void> {
    this.#seq = await this.#store.lastSeq();
    this.#sessionKey = await this.#store.lastSessionKey();
  }
}

function dedupe(keys: readonly ResponseKey[]): ResponseKey[] {
  return [...new Map(keys.map((key) => [responseId(key), key])).values()];
}
