import type { LedgerRow, StoredSession } from '@claude-optimizer/store';
import { packLoad, responseId, type SessionLoad } from '@claude-optimizer/store/load';
import { Draft } from './draft.js';
import { isMissing } from './find-transcripts.js';
import { Ledger } from './ledger.js';
import { scanFile, type FileBatch, type TranscriptFile } from './scan-file.js';
import type { Told } from './told.js';

/** A session of which nothing has been stored yet: all its files, and the time of now (epoch ms). */
export type NewSession = { sessionId: string; files: readonly TranscriptFile[]; now: number };

/** So many bytes are made ready together: a live line never waits for more of them. */
const LOAD_BYTES = 4 * 1024 * 1024;

type Read = Pick<FileBatch, 'checkpoint' | 'malformed'>;

/**
 * Reads a session of which nothing was stored and makes it ready to be written, in one load unless
 * it is long. All is told as if its responses were no other session's: whoever writes it checks
 * that. Null where it can't be made ready and must be read again, as lines that come one by one.
 */
export function* loadSession(session: NewSession): Generator<SessionLoad | null, void> {
  const reading = new Reading(session);
  for (const file of session.files) {
    for (const batch of batchesOf(file)) {
      if (batch.checkpoint.sessionId !== session.sessionId) {
        yield null;
        return;
      }
      reading.read(batch);
      if (reading.bytes >= LOAD_BYTES) yield reading.take();
    }
  }
  if (reading.bytes > 0 || reading.files > 0) yield reading.take();
}

function* batchesOf(file: TranscriptFile): Generator<FileBatch, void> {
  try {
    yield* scanFile(file, null);
  } catch (error) {
    // Deleted meanwhile.
    if (!isMissing(error)) throw error;
  }
}

/** What has been read of the session and is not ready yet, upon what was made ready before. */
class Reading {
  bytes = 0;
  readonly #session: NewSession;
  readonly #ledger = new Map<string, LedgerRow>();
  #known = new Map<string, StoredSession>();
  #read = new Map<number, Read>();
  readonly #offsets = new Map<number, number>();
  #draft: Draft;
  #counting: Ledger;

  constructor(session: NewSession) {
    this.#session = session;
    this.#counting = new Ledger(this.#ledger);
    this.#draft = this.#begin();
  }

  get files(): number {
    return this.#read.size;
  }

  read(batch: FileBatch): void {
    const { checkpoint } = batch;
    const before = this.#read.get(checkpoint.id);
    this.bytes += checkpoint.offset - (this.#offsets.get(checkpoint.id) ?? 0);
    this.#offsets.set(checkpoint.id, checkpoint.offset);
    this.#draft.read(batch);
    const malformed = [...(before?.malformed ?? []), ...batch.malformed];
    this.#read.set(checkpoint.id, { checkpoint, malformed });
  }

  /** All that was read since the last time. */
  take(): SessionLoad {
    const { sessionId, now } = this.#session;
    const commit = this.#draft.commit([...this.#read.values()], now);
    const load = packLoad(sessionId, commit, this.#ledger);
    for (const row of commit.ledger) this.#ledger.set(responseId(row), row);
    this.#known = new Map([...this.#known, ...this.#draft.sessions()]);
    this.#read = new Map();
    this.bytes = 0;
    this.#counting = new Ledger(this.#ledger);
    this.#draft = this.#begin();
    return load;
  }

  #begin(): Draft {
    const told = new Map<string, Told>();
    return new Draft({ seq: 0, sessionKey: 0, known: this.#known, told, ledger: this.#counting });
  }
}
