import type { SessionEvent, SessionState, Unnumbered } from '@claude-optimizer/protocol';
import {
  responseId,
  type FileMark,
  type LedgerRow,
  type PlacedLoad,
  type ResponseKey,
  type Store,
  type StoredSession,
} from '@claude-optimizer/store';
import { responseOf, type SessionLoad } from '@claude-optimizer/store/load';
import { Copies } from './copies.js';
import { Draft, type HeardOf } from './draft.js';
import { Ledger } from './ledger.js';
import { RecentSessions } from './recent-sessions.js';
import type { FileBatch } from './scan-file.js';
import { isPlainlyTaken, withoutShared } from './shared-responses.js';
import type { Told } from './told.js';

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
  readonly #copies: Copies;
  readonly #recent: RecentSessions;
  /** Sessions of which loads were written and more may come, with their keys. */
  readonly #loading = new Map<string, number>();
  #seq = 0;
  #sessionKey = 0;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(store: Store, now: () => number, copies: Copies) {
    this.#store = store;
    this.#now = now;
    this.#copies = copies;
    this.#recent = new RecentSessions(store, copies);
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
    const recorder = new Recorder(store, now, new Copies(files, threadOf));
    recorder.#seq = await store.lastSeq();
    recorder.#sessionKey = await store.lastSessionKey();
    return recorder;
  }

  /** `seq` of the last committed event. */
  get lastSeq(): number {
    return this.#seq;
  }

  /** Commits stretches of files in order; resolves to their events once they are stored. */
  record(batches: readonly FileBatch[]): Promise<SessionEvent[]> {
    return this.#inTurn(async () => {
      for (const { checkpoint } of batches) this.#copies.mark(checkpoint);
      const keys = batches.flatMap(({ sightings }) =>
        sightings.flatMap(({ observation }): ResponseKey[] =>
          observation.kind === 'usage' ? [observation.use] : [],
        ),
      );
      const rows = await this.#store.ledger(dedupe(keys));
      const ids = new Set(batches.flatMap(({ sessionId }) => sessionId ?? []));
      for (const row of rows.values()) ids.add(row.sessionId);
      const known = await this.#recent.load([...ids]);
      const read = batches.flatMap(({ sessionId }) => sessionId ?? []);
      const twice = read.filter(
        (id) => this.#copies.has(id) || known.get(id)?.state.summary.live === true,
      );
      const told = await this.#recent.loadTold(twice, known);
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
      const known = await this.#recent.load(ids);
      const told = await this.#recent.loadTold(ids, known);
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
      const known = await this.#recent.load([sessionId]);
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
      const known = await this.#recent.load([...new Set(rows.map((row) => row.sessionId))]);
      const ledger = new Ledger(new Map());
      const events = await this.#commit(known, new Map(), ledger, [], (draft) => {
        draft.reprice(rows);
      });
      return { lastKey, events };
    });
  }

  /** Drops what is remembered of a session that is no longer stored. */
  forget(sessionId: string): void {
    this.#recent.forget(sessionId);
  }

  /** Runs `work` between two commits: what it reads of the store is of one moment. */
  between<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(work);
  }

  async #loadSome(loads: readonly SessionLoad[], loaded: Loaded): Promise<void> {
    const ids = new Set(loads.map(({ sessionId }) => sessionId));
    const stored = await this.#recent.load([...ids].filter((id) => !this.#loading.has(id)));
    const placed: PlacedLoad[] = [];
    const place = { seq: this.#seq, sessionKey: this.#sessionKey };
    const keys = new Map<string, number>();
    for (const load of loads) {
      const { sessionId, checkpoints } = load;
      for (const checkpoint of checkpoints) this.#copies.mark(checkpoint);
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
    const known = await this.#recent.load([...new Set(losses.map(({ sessionId }) => sessionId))]);
    const draft = new Draft({ ...place, known, told: new Map(), ledger: new Ledger(new Map()) });
    try {
      draft.lose(losses);
      await this.#store.load(placed, draft.commit([], this.#now()));
    } catch (error) {
      this.#recent.clear();
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
      this.#recent.clear();
      throw error;
    }
    this.#goOn(draft);
    return draft.events.map(({ event }) => event);
  }

  #goOn(draft: Draft): void {
    this.#seq = draft.seq;
    this.#sessionKey = draft.sessionKey;
    for (const [id, session] of draft.sessions()) {
      this.#recent.keep(id, session);
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
}

function dedupe(keys: readonly ResponseKey[]): ResponseKey[] {
  return [...new Map(keys.map((key) => [responseId(key), key])).values()];
}
