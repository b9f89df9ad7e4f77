import type { SessionEvent, SessionState, Unnumbered } from '@claude-optimizer/protocol';
import {
  responseId,
  type Checkpoint,
  type FileMark,
  type LedgerRow,
  type PlacedLoad,
  type ResponseKey,
  type Store,
  type StoredSession,
} from '@claude-optimizer/store';
import { responseHashes, responseOf, type SessionLoad } from '@claude-optimizer/store/load';
import { Draft, type HeardOf } from './draft.js';
import { Ledger } from './ledger.js';
import { isBetter, isOlder } from './merge-sightings.js';
import type { FileBatch } from './scan-file.js';
import { TELLING, Told } from './told.js';

/** Sessions whose state is kept at hand; the others are loaded when they speak again. */
const MAX_CACHED = 256;
const MAX_TOLD = 512;
/** Responses of one transaction, so that a live line never waits long. */
const REPRICED_AT_ONCE = 1_000;

/** What became of loads; `events` are those of the sessions that lost a response to them. */
export type Loaded = { written: PlacedLoad[]; events: SessionEvent[]; refused: Set<string> };

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
  /** Sessions of which loads were written and more may come, with their keys. */
  readonly #loading = new Map<string, number>();
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

  /**
   * Writes what reading threads have made of new sessions. Refused are those that aren't new any
   * more, or whose responses are other sessions' too and not simply their own: they are to be read
   * line by line. Resolves to what was written and to the events to tell, once it is stored.
   */
  load(loads: readonly SessionLoad[]): Promise<Loaded> {
    return this.#inTurn(async () => {
      const loaded: Loaded = { written: [], events: [], refused: new Set() };
      for (const some of withoutShared(loads)) await this.#loadSome(some, loaded);
      return loaded;
    });
  }

  /** All of a session has been loaded. */
  endLoad(sessionId: string): void {
    this.#loading.delete(sessionId);
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

  async #loadSome(loads: readonly SessionLoad[], loaded: Loaded): Promise<void> {
    const ids = new Set(loads.map(({ sessionId }) => sessionId));
    const stored = await this.#load([...ids].filter((id) => !this.#loading.has(id)));
    const placed: PlacedLoad[] = [];
    const place = { seq: this.#seq, sessionKey: this.#sessionKey };
    const keys = new Map<string, number>();
    for (const load of loads) {
      const { sessionId, checkpoints } = load;
      for (const checkpoint of checkpoints) this.#markRepeats(checkpoint);
      const taken = stored.has(sessionId) ? null : this.#takenBy(load, ids);
      const isNew = taken !== null && !checkpoints.some(({ repeats }) => repeats);
      if (!isNew || loaded.refused.has(sessionId)) {
        loaded.refused.add(sessionId);
        continue;
      }
      const key = this.#loading.get(sessionId) ?? keys.get(sessionId) ?? (place.sessionKey += 1);
      keys.set(sessionId, key);
      placed.push({ load, seq: place.seq, sessionKey: key, taken });
      place.seq += load.events;
    }
    const losses = placed.flatMap(({ taken }) => taken);
    const known = await this.#load([...new Set(losses.map(({ sessionId }) => sessionId))]);
    const draft = new Draft({ ...place, known, told: new Map(), ledger: new Ledger(new Map()) });
    try {
      draft.lose(losses);
      await this.#store.load(placed, draft.commit([], this.#now()));
    } catch (error) {
      this.#cache.clear();
      throw error;
    }
    this.#goOn(draft);
    for (const [id, key] of keys) this.#loading.set(id, key);
    loaded.written.push(...placed);
    loaded.events.push(...draft.events.map(({ event }) => event));
  }

  /**
   * The responses that a load takes from other sessions, as its file is older and counts the same;
   * null where that isn't all that they have to do with each other.
   */
  #takenBy(load: SessionLoad, together: ReadonlySet<string>): LedgerRow[] | null {
    const rows = this.#store.inTheWay(load);
    const isTaken = (row: LedgerRow) => {
      const own = responseOf(load, responseId(row));
      return own !== undefined && !together.has(row.sessionId) && isPlainlyTaken(own, row);
    };
    return rows.every(isTaken) ? rows : null;
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
    this.#goOn(draft);
    return draft.events.map(({ event }) => event);
  }

  #goOn(draft: Draft): void {
    this.#seq = draft.seq;
    this.#sessionKey = draft.sessionKey;
    for (const [id, session] of draft.sessions()) {
      this.#keep(id, session);
      // Whoever reads it doesn't know of this: what follows of it can't be written as it is.
      this.#loading.delete(id);
    }
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

/**
 * Parts loads so that none has a response of another with which it is written, be it of another
 * session or the same: where it stands is looked up before any of them is.
 */
function withoutShared(loads: readonly SessionLoad[]): SessionLoad[][] {
  const groups: SessionLoad[][] = [[]];
  let seen = new Set<number>();
  for (const load of loads) {
    const hashes = responseHashes(load);
    if (hashes.some((hash) => seen.has(hash))) {
      groups.push([]);
      seen = new Set();
    }
    for (const hash of hashes) seen.add(hash);
    groups.at(-1)?.push(load);
  }
  return groups;
}

// A copied line: nothing else changes than whose it is.
function isPlainlyTaken(own: LedgerRow, before: LedgerRow): boolean {
  return (
    isOlder(own, before) &&
    (isBetter(own.usage, before.usage) || isSameCount(own, before)) &&
    own.at <= before.at &&
    (own.stopped || !before.stopped)
  );
}

function isSameCount(a: LedgerRow, b: LedgerRow): boolean {
  return (
    !isBetter(b.usage, a.usage) &&
    a.model === b.model &&
    a.webSearches === b.webSearches &&
    a.billing === b.billing &&
    a.costPicodollars === b.costPicodollars
  );
}

function dedupe(keys: readonly ResponseKey[]): ResponseKey[] {
  return [...new Map(keys.map((key) => [responseId(key), key])).values()];
}
