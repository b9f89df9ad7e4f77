import { setImmediate as nextTick } from 'node:timers/promises';
import { givenPrices } from '@claude-optimizer/core';
import type { Indexing } from '@claude-optimizer/protocol';
import { releaseMemory } from '../memory.js';
import type { FoundFile } from './find-transcripts.js';
import type { KnownFiles } from './known-files.js';
import { canLoadInWorkers, loadInWorkers } from './load-in-workers.js';
import { byAge, newSessions } from './new-sessions.js';
import { canScanInWorker, scanInWorker } from './scan-in-worker.js';
import { TOGETHER, type ReaderOptions, type TranscriptReader } from './transcript-reader.js';

type Options = Pick<ReaderOptions, 'store' | 'now' | 'log' | 'onStatus'> & {
  /** Resolves when a person waits for nothing else: so long the past can wait. */
  pause?: () => Promise<void>;
};

/** Below it the backlog is read in this thread: a worker would take longer to start. */
const WORKER_BYTES = 16 * 1024 * 1024;
/** So much of the newest is read before anything else. */
const FIRST_BYTES = 4 * 1024 * 1024;
/** What was written within this time may still be active, also when a day has begun since. */
const STILL_ACTIVE_MS = 3_600_000;

/** Reads what has come or changed since the last run: the newest first, the past in workers. */
export class FirstReading {
  readonly #options: Options;
  readonly #files: KnownFiles;
  readonly #reader: TranscriptReader;
  readonly #signal: AbortSignal;
  #backlog: FoundFile[] = [];
  #progress: Indexing = { filesDone: 0, filesTotal: 0 };
  #ready = false;
  #haveNewest: () => void = () => undefined;
  /** Resolves once what was written today is read, or the newest 4 MB of it. */
  readonly newest = new Promise<void>((resolve) => (this.#haveNewest = resolve));

  constructor(
    options: Options,
    given: { files: KnownFiles; reader: TranscriptReader; signal: AbortSignal },
  ) {
    this.#options = options;
    this.#files = given.files;
    this.#reader = given.reader;
    this.#signal = given.signal;
    given.signal.addEventListener('abort', this.#haveNewest);
  }

  get progress(): Indexing {
    return this.#progress;
  }

  /** Whether all is read. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Reads those of the found files that aren't as they were; resolves once all are read. */
  async read(found: readonly FoundFile[]): Promise<void> {
    const began = this.#options.now();
    const changed = found.filter((file) => this.#files.hasChanged(file));
    this.#progress = { filesDone: found.length - changed.length, filesTotal: found.length };
    for (const file of changed) this.#reader.waiting.add(file.path);
    // Newest last: the backlog is taken from its end.
    this.#backlog = byAge(changed);
    await this.#readBacklog();
    if (this.#signal.aborted) return;
    this.#ready = true;
    this.#options.onStatus();
    this.#options.log.info({ ...this.#progress, ms: this.#options.now() - began }, 'indexed');
  }

  async #readBacklog(): Promise<void> {
    // The newest first and here, so that they are on the screen before a worker has started.
    await this.#readNewest(this.#takeNewest()).finally(this.#haveNewest);
    const isLong = sizeOf(this.#backlog) > WORKER_BYTES;
    if (isLong) await this.#untilNobodyWaits();
    if (isLong && canLoadInWorkers()) await this.#loadNew();
    if (sizeOf(this.#backlog) > WORKER_BYTES && canScanInWorker()) await this.#readInWorker();
    else await this.#readHere();
    if (isLong) releaseMemory();
  }

  /** What was written today, of the newest. */
  #takeNewest(): FoundFile[] {
    const now = this.#options.now();
    const since = Math.min(new Date(now).setHours(0, 0, 0, 0), now - STILL_ACTIVE_MS);
    let from = this.#backlog.length;
    for (let bytes = 0; from > 0; from -= 1) {
      const { size, modifiedAt } = this.#backlog[from - 1] ?? { size: 0, modifiedAt: 0 };
      bytes += size;
      if (bytes >= FIRST_BYTES || modifiedAt < since) break;
    }
    const newest = this.#backlog.splice(from);
    for (const { path } of newest) this.#files.noteSession(this.#files.placeOf(path).sessionId);
    return newest;
  }

  /** Reads the newest in this thread, together: somebody waits for all of them. */
  async #readNewest(newest: FoundFile[]): Promise<void> {
    while (newest.length > 0 && !this.#signal.aborted) {
      // Whoever has asked meanwhile is heard first: a browser needs the beginning of a page.
      await nextTick();
      const paths = newest.splice(-TOGETHER).map(({ path }) => path);
      const group = paths.reverse().filter((path) => this.#reader.begin(path));
      await this.#reader.read(group);
      for (const path of group) this.#reader.end(path, null);
      for (const _path of paths) this.#advance();
    }
  }

  /** Threads that start take the machine from a page that is being opened, as does what they read. */
  async #untilNobodyWaits(): Promise<void> {
    await this.#options.pause?.();
  }

  /** Reads the backlog in this thread, file by file. */
  async #readHere(): Promise<void> {
    for (let file = this.#backlog.pop(); file; file = this.#backlog.pop()) {
      if (this.#signal.aborted) return;
      if (this.#reader.begin(file.path)) {
        await this.#reader.read([file.path]);
        this.#reader.end(file.path, null);
      }
      this.#advance();
    }
  }

  /** Sessions of which nothing was stored: most of a history that is read for the first time. */
  async #loadNew(): Promise<void> {
    const { sessions, rest } = newSessions(this.#backlog, {
      sessionOf: (file) => {
        const { sessionId } = this.#files.placeOf(file);
        return sessionId !== null && this.#files.hasSession(sessionId) ? null : sessionId;
      },
      threadOf: (file) => this.#files.threadOf(file),
    });
    this.#backlog = rest;
    const handedOut = new Map<string, FoundFile[]>();
    const prices = givenPrices();
    this.#options.store.beginLoads();
    await loadInWorkers({
      next: () => {
        for (let session = sessions.pop(); session; session = sessions.pop()) {
          const { sessionId, files } = session;
          // A file of it may have been read meanwhile, as it has just changed.
          if (files.every(({ path }) => this.#isUntouched(path))) {
            for (const { path } of files) this.#reader.begin(path);
            handedOut.set(sessionId, files);
            const transcripts = files.map(({ path }) => this.#files.fileOf(path));
            return { sessionId, files: transcripts, now: this.#options.now() };
          }
          this.#backlog.push(...files);
        }
        return null;
      },
      take: async (loads) => {
        await this.#untilNobodyWaits();
        return this.#reader.load(loads, givenPrices() === prices);
      },
      finished: (sessionId, { whole, error }) => {
        const files = handedOut.get(sessionId) ?? [];
        handedOut.delete(sessionId);
        this.#reader.recorder?.endLoad(sessionId);
        if (!whole) this.#backlog.push(...files);
        for (const { path } of files) {
          if (!whole) this.#reader.waiting.add(path);
          this.#reader.end(path, error);
          if (whole) this.#advance();
        }
      },
      signal: this.#signal,
    }).finally(() => {
      this.#options.store.endLoads();
    });
    for (const { files } of sessions) this.#backlog.push(...files);
    byAge(this.#backlog);
  }

  #isUntouched(path: string): boolean {
    return !this.#reader.isBusy(path) && !this.#files.has(path) && !this.#files.isIgnored(path);
  }

  async #readInWorker(): Promise<void> {
    await scanInWorker({
      next: () => {
        for (let file = this.#backlog.pop(); file; file = this.#backlog.pop()) {
          const checkpoint = this.#options.store.checkpoint(file.path);
          if (this.#reader.begin(file.path)) {
            return { file: this.#files.fileOf(file.path), checkpoint };
          }
          this.#advance();
        }
        return null;
      },
      commit: (batches) => this.#reader.record(batches),
      finished: (path, error) => {
        this.#reader.end(path, error);
        this.#advance();
      },
      signal: this.#signal,
    });
  }

  #advance(): void {
    const { filesDone, filesTotal } = this.#progress;
    this.#progress = { filesDone: filesDone + 1, filesTotal };
    if (filesDone % 250 === 249) this.#options.log.info(this.#progress, 'indexing');
    this.#options.onStatus();
  }
}

function sizeOf(files: readonly FoundFile[]): number {
  return files.reduce((sum, file) => sum + file.size, 0);
}
