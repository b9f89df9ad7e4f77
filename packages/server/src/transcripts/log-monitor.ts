import path from 'node:path';
import { setImmediate as nextTick } from 'node:timers/promises';
import type { Indexing, SessionEvent, SessionState, Unnumbered } from '@claude-optimizer/protocol';
import { givenPrices } from '@claude-optimizer/core';
import type { Checkpoint, FileMark, Store } from '@claude-optimizer/store';
import { eventsOfLoad, type SessionLoad } from '@claude-optimizer/store/load';
import type { Logger } from 'pino';
import { releaseMemory } from '../memory.js';
import { findTranscripts, isMissing, type FoundFile } from './find-transcripts.js';
import type { HeardOf } from './draft.js';
import { Ignored } from './ignored.js';
import { canLoadInWorkers, loadInWorkers } from './load-in-workers.js';
import { byAge, newSessions } from './new-sessions.js';
import { Recorder } from './recorder.js';
import { scanFile, type FileBatch, type TranscriptFile } from './scan-file.js';
import { canScanInWorker, scanInWorker } from './scan-in-worker.js';
import { transcriptPlace } from './transcript-path.js';
import { FolderWatcher } from './watch-folders.js';

export type LogMonitorOptions = {
  /** Folders that hold `projects/`, as Claude Code's configuration folder does. */
  claudeDirs: readonly string[];
  store: Store;
  /** Epoch ms. */
  now: () => number;
  log: Logger;
  /** What is there, when it is being looked for already; null: it couldn't be. */
  found?: Promise<FoundFile[] | null>;
  /** Resolves when a person waits for nothing else: so long the past can wait. */
  pause?: () => Promise<void>;
  /** Called with the events of each commit, in order, once they are stored. */
  onEvents(events: readonly SessionEvent[]): void;
  /** Called with each file of which something was taken in, once that is stored. */
  onRead?(file: Pick<FileMark, 'path' | 'sessionId'>): void;
  /** Called when progress, readiness or the count of malformed lines has changed. */
  onStatus(): void;
};

/** Below it the backlog is read in this thread: a worker would take longer to start. */
const WORKER_BYTES = 16 * 1024 * 1024;
/** So much of the newest is read before anything else. */
const FIRST_BYTES = 4 * 1024 * 1024;
/** What was written within this time may still be active, also when a day has begun since. */
const STILL_ACTIVE_MS = 3_600_000;
/** Files, or stretches of them, that are stored together. */
const TOGETHER = 8;
/** Events of older sessions are in the store for who asks; nobody waits to be told of them. */
const TOLD_SINCE_MS = 86_400_000;
/** Watches can miss things (network file systems, a full queue): a look at everything helps. */
const SWEEP_MS = 60_000;
/** How often a folder is looked at that can't be watched or isn't there yet. */
const POLL_MS = 1_000;

/**
 * Finds and follows every transcript below the given folders: what changed since the last time
 * first and newest first, then each line as it is written.
 */
export class LogMonitor {
  readonly #options: LogMonitorOptions;
  readonly #roots: string[];
  readonly #watchers = new Map<string, FolderWatcher>();
  readonly #marks = new Map<string, Pick<FileMark, 'size' | 'modifiedAt'>>();
  readonly #ids = new Map<string, number>();
  /** Of which something was read, whether it's stored already or not. */
  readonly #knownSessions = new Set<string>();
  readonly #changed = new Set<string>();
  readonly #busy = new Set<string>();
  readonly #unwatched = new Set<string>();
  readonly #ignored = new Ignored();
  readonly #stopping = new AbortController();
  #backlog: FoundFile[] = [];
  /** Paths of the backlog, whose turn is still to come. */
  readonly #waiting = new Set<string>();
  #recorder: Recorder | null = null;
  #open: (recorder: Recorder) => void = () => undefined;
  readonly #opened = new Promise<Recorder>((resolve) => (this.#open = resolve));
  #draining: Promise<void> | null = null;
  #indexing: Promise<void> = Promise.resolve();
  #following: Promise<void> = Promise.resolve();
  #haveFirst: () => void = () => undefined;
  readonly #first = new Promise<void>((resolve) => (this.#haveFirst = resolve));
  #timers: NodeJS.Timeout[] = [];
  #progress: Indexing = { filesDone: 0, filesTotal: 0 };
  #ready = false;
  #malformed = 0;
  #lastId = 0;

  constructor(options: LogMonitorOptions) {
    this.#options = options;
    this.#roots = options.claudeDirs.map((dir) => path.join(dir, 'projects'));
  }

  /** Begins to watch and to index; resolves once every file has been found and indexing runs. */
  async start(): Promise<void> {
    const { store, now } = this.#options;
    const marks = await store.fileMarks();
    for (const deleted of await store.deletedSessions()) this.#ignored.add(deleted);
    for (const mark of marks) {
      this.#marks.set(mark.path, mark);
      this.#ids.set(mark.path, mark.id);
      if (mark.sessionId !== null) this.#knownSessions.add(mark.sessionId);
      this.#lastId = Math.max(this.#lastId, mark.id);
    }
    this.#malformed = (await store.malformed(0)).total;
    this.#recorder = await Recorder.open(store, now, marks, (file) => this.#threadOf(file));
    this.#open(this.#recorder);
    const found = (await this.#options.found) ?? null;
    this.#queue(found ?? (await this.#discover()));
    this.#indexing = this.#index().catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'indexing stopped');
    });
    this.#following = this.#follow(found === null).catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'changes are not followed');
    });
  }

  async #follow(isWatched: boolean): Promise<void> {
    await this.#first;
    await this.#options.pause?.();
    if (this.#stopping.signal.aborted) return;
    // What was found in another thread isn't watched yet, and may have grown since.
    if (!isWatched) await this.#sweep();
    this.#every(SWEEP_MS, () => this.#sweep());
    this.#every(POLL_MS, () => this.#poll());
  }

  /** Resolves once what was written today is read, or the newest 4 MB of it. */
  firstRead(): Promise<void> {
    return this.#first;
  }

  /** Resolves once all files that were there at the start are indexed. */
  indexed(): Promise<void> {
    return this.#indexing;
  }

  /** Ends watching; what is being committed is finished. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#haveFirst();
    await this.#indexing;
    await this.#following;
    for (const timer of this.#timers) clearInterval(timer);
    for (const watcher of this.#watchers.values()) watcher.end();
    await this.#draining;
  }

  status(): { indexing: Indexing; ready: boolean; malformedLines: number } {
    return { indexing: this.#progress, ready: this.#ready, malformedLines: this.#malformed };
  }

  lastSeq(): number {
    return this.#recorder?.lastSeq ?? 0;
  }

  /** Adds an event of the person's own doing; null when the session is unknown. */
  async say(
    sessionId: string,
    say: (state: SessionState, now: number) => Unnumbered,
  ): Promise<SessionEvent | null> {
    if (this.#ignored.hasSession(sessionId)) return null;
    const event = (await this.#recorder?.say(sessionId, say)) ?? null;
    if (event) this.#options.onEvents([event]);
    return event;
  }

  /** Adds what hooks and telemetry said; waits until the store has been opened. */
  async hear(heard: readonly HeardOf[]): Promise<void> {
    const recorder = await this.#opened;
    const wanted = heard.filter(({ sessionId }) => !this.#ignored.hasSession(sessionId));
    const events = await recorder.hear(wanted);
    if (events.length > 0) this.#options.onEvents(events);
  }

  /**
   * Gives the whole history the prices of now, in bounded steps; live lines come in between.
   * `onStep` is told the key of the last session that has them.
   */
  async reprice(onStep: (sessionKey: number) => void): Promise<void> {
    const recorder = await this.#opened;
    for (let key: number | null = 0; key !== null;) {
      const step: Awaited<ReturnType<Recorder['reprice']>> = await recorder.reprice(key);
      if (step.events.length > 0) this.#options.onEvents(step.events);
      key = step.lastKey;
      if (key !== null) onStep(key);
    }
  }

  /** Whether the person has deleted the session here. */
  ignores(sessionId: string): boolean {
    return this.#ignored.hasSession(sessionId);
  }

  /** From now on nothing of a session is taken in; runs `mark` when what came before is stored. */
  async ignore(sessionId: string, mark: () => Promise<readonly string[] | null>): Promise<boolean> {
    return (await this.#opened).between(async () => {
      const paths = await mark();
      if (paths !== null) this.#ignored.add({ sessionId, paths });
      return paths !== null;
    });
  }

  /** Takes a session in again, from where its files were read to; `unmark` is false: it can't be. */
  async heed(sessionId: string, unmark: () => Promise<boolean>): Promise<boolean> {
    const paths = await (
      await this.#opened
    ).between(async () => ((await unmark()) ? this.#ignored.remove(sessionId) : null));
    for (const path of paths ?? []) this.#touch(path);
    return paths !== null;
  }

  /** Forgets what is remembered of a session that is being removed. */
  async forget(sessionId: string): Promise<void> {
    (await this.#opened).forget(sessionId);
  }

  /** Runs `work` while nothing is being stored. */
  between<T>(work: () => Promise<T>): Promise<T> {
    return this.#recorder ? this.#recorder.between(work) : work();
  }

  async #discover(): Promise<FoundFile[]> {
    const found: FoundFile[] = [];
    for (const root of this.#roots) found.push(...(await this.#discoverIn(root)));
    return found;
  }

  #queue(found: readonly FoundFile[]): void {
    const changed = found.filter((file) => this.#hasChanged(file));
    this.#progress = { filesDone: found.length - changed.length, filesTotal: found.length };
    for (const file of changed) this.#waiting.add(file.path);
    // Newest last: the backlog is taken from its end.
    this.#backlog = changed.sort((a, b) => a.modifiedAt - b.modifiedAt);
  }

  async #discoverIn(root: string): Promise<FoundFile[]> {
    const problem = (folder: string, error: unknown) => {
      this.#options.log.warn({ folder, err: error }, 'folder cannot be read');
    };
    const watch = (folder: string) => {
      this.#watcherOf(root).watch(folder);
    };
    const { files, folders } = await findTranscripts(root, problem, watch);
    if (folders.length === 0) this.#unwatched.add(root);
    return files;
  }

  #watcherOf(root: string): FolderWatcher {
    const known = this.#watchers.get(root);
    if (known) return known;
    const watcher = new FolderWatcher(root, {
      onFile: (file) => {
        this.#touch(file);
      },
      onUnwatched: (folder, error) => {
        this.#options.log.warn({ folder, err: error }, 'folder cannot be watched; polling it');
        this.#unwatched.add(folder);
      },
    });
    this.#watchers.set(root, watcher);
    return watcher;
  }

  #hasChanged(file: FoundFile): boolean {
    if (this.#isIgnored(file.path)) return false;
    const known = this.#marks.get(file.path);
    return known?.size !== file.size || known.modifiedAt !== file.modifiedAt;
  }

  async #index(): Promise<void> {
    const { log } = this.#options;
    const began = this.#options.now();
    // The newest first and here, so that they are on the screen before a worker has started.
    const newest = this.#readNewest(this.#takeNewest()).finally(this.#haveFirst);
    await Promise.race([newest, this.#first.then(() => this.#options.pause?.())]);
    const isLong = sizeOf(this.#backlog) > WORKER_BYTES;
    if (isLong && canLoadInWorkers()) await this.#loadNew(newest);
    await newest;
    if (sizeOf(this.#backlog) > WORKER_BYTES && canScanInWorker()) await this.#indexInWorker();
    else await this.#indexHere(this.#backlog);
    if (isLong) releaseMemory();
    if (this.#stopping.signal.aborted) return;
    this.#ready = true;
    this.#options.onStatus();
    log.info({ ...this.#progress, ms: this.#options.now() - began }, 'indexed');
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
    for (const file of newest) {
      const { sessionId } = this.#placeOf(file.path);
      if (sessionId !== null) this.#knownSessions.add(sessionId);
    }
    return newest;
  }

  /** Reads files in this thread, together: somebody waits for all of them. */
  async #readNewest(files: FoundFile[]): Promise<void> {
    while (files.length > 0 && !this.#stopping.signal.aborted) {
      const paths = files.splice(-TOGETHER).map((file) => file.path);
      const group = paths.reverse().filter((file) => this.#begin(file));
      await this.#readTogether(group);
      for (const file of group) this.#end(file, null);
      for (const _file of paths) this.#advance();
    }
  }

  /** Reads files in this thread, the last one first. */
  async #indexHere(files: FoundFile[]): Promise<void> {
    for (let file = files.pop(); file; file = files.pop()) {
      if (this.#stopping.signal.aborted) return;
      if (this.#begin(file.path)) {
        await this.#readAll(file.path);
        this.#end(file.path, null);
      }
      this.#advance();
    }
  }

  /**
   * Sessions of which nothing was stored: most of a history that is read for the first time. None
   * is written before the `newest` are read.
   */
  async #loadNew(newest: Promise<void>): Promise<void> {
    const { sessions, rest } = newSessions(this.#backlog, {
      sessionOf: (file) => {
        const { sessionId } = this.#placeOf(file);
        return sessionId !== null && this.#knownSessions.has(sessionId) ? null : sessionId;
      },
      threadOf: (file) => this.#threadOf(file),
    });
    this.#backlog = rest;
    const handedOut = new Map<string, FoundFile[]>();
    const prices = givenPrices();
    this.#options.store.beginLoads();
    await loadInWorkers({
      before: newest,
      next: () => {
        for (let session = sessions.pop(); session; session = sessions.pop()) {
          const { sessionId, files } = session;
          // A file of it may have been read meanwhile, as it has just changed.
          if (files.every(({ path: file }) => this.#isUntouched(file))) {
            for (const { path: file } of files) this.#begin(file);
            handedOut.set(sessionId, files);
            const transcripts = files.map(({ path: file }) => this.#fileOf(file));
            return { sessionId, files: transcripts, now: this.#options.now() };
          }
          this.#backlog.push(...files);
        }
        return null;
      },
      take: async (loads) => {
        await this.#options.pause?.();
        return this.#load(loads, givenPrices() === prices);
      },
      finished: (sessionId, { whole, error }) => {
        const files = handedOut.get(sessionId) ?? [];
        handedOut.delete(sessionId);
        this.#recorder?.endLoad(sessionId);
        if (!whole) this.#backlog.push(...files);
        for (const { path: file } of files) {
          if (!whole) this.#waiting.add(file);
          this.#end(file, error);
          if (whole) this.#advance();
        }
      },
      signal: this.#stopping.signal,
    }).finally(() => {
      this.#options.store.endLoads();
    });
    for (const { files } of sessions) this.#backlog.push(...files);
    byAge(this.#backlog);
  }

  #isUntouched(file: string): boolean {
    return !this.#busy.has(file) && !this.#marks.has(file) && !this.#isIgnored(file);
  }

  /** Writes loads; gives the sessions that are to be read line by line. */
  async #load(loads: readonly SessionLoad[], isPricedAsNow: boolean): Promise<Set<string>> {
    const ids = loads.map(({ sessionId }) => sessionId);
    if (!isPricedAsNow || this.#recorder === null) return new Set(ids);
    const wanted = loads.filter(
      ({ sessionId, checkpoints }) =>
        !checkpoints.some(({ path: file }) => this.#ignored.leaves(file, sessionId)),
    );
    const { written, events, refused } = await this.#recorder.load(wanted);
    const since = this.#options.now() - TOLD_SINCE_MS;
    const told = written.flatMap(({ load, seq }) =>
      (load.lastAt ?? 0) >= since ? eventsOfLoad(load, seq) : [],
    );
    for (const { load } of written) this.#noteRead(load.checkpoints);
    if (told.length + events.length > 0) this.#options.onEvents([...told, ...events]);
    this.#noteMalformed(written.reduce((sum, { load }) => sum + load.malformed.length, 0));
    return refused;
  }

  async #indexInWorker(): Promise<void> {
    await scanInWorker({
      next: () => {
        for (let file = this.#backlog.pop(); file; file = this.#backlog.pop()) {
          const checkpoint = this.#options.store.checkpoint(file.path);
          if (this.#begin(file.path)) return { file: this.#fileOf(file.path), checkpoint };
          this.#advance();
        }
        return null;
      },
      commit: (batches) => this.#record(batches),
      finished: (file, error) => {
        this.#end(file, error);
        this.#advance();
      },
      signal: this.#stopping.signal,
    });
  }

  /** Claims a file; false when it is being read already. */
  #begin(file: string): boolean {
    this.#waiting.delete(file);
    if (this.#busy.has(file)) return false;
    this.#busy.add(file);
    this.#ignored.beginAnew(file);
    return true;
  }

  #end(file: string, error: unknown): void {
    this.#busy.delete(file);
    if (error !== null) this.#options.log.warn({ file, err: error }, 'transcript cannot be read');
    if (this.#changed.has(file)) this.#drain();
  }

  #advance(): void {
    const { filesDone, filesTotal } = this.#progress;
    this.#progress = { filesDone: filesDone + 1, filesTotal };
    if (filesDone % 250 === 249) this.#options.log.info(this.#progress, 'indexing');
    this.#options.onStatus();
  }

  async #readAll(file: string): Promise<void> {
    try {
      for (const batch of scanFile(this.#fileOf(file), this.#options.store.checkpoint(file))) {
        await this.#record([batch]);
        await nextTick();
        if (this.#stopping.signal.aborted) return;
      }
    } catch (error) {
      if (!isMissing(error)) this.#options.log.warn({ file, err: error }, 'cannot be read');
    }
  }

  #fileOf(file: string): TranscriptFile {
    const id = this.#ids.get(file) ?? this.#lastId + 1;
    this.#ids.set(file, id);
    this.#lastId = Math.max(this.#lastId, id);
    return { id, path: file, place: this.#placeOf(file) };
  }

  #placeOf(file: string) {
    const root = this.#roots.find((candidate) => file.startsWith(candidate + path.sep)) ?? '';
    return transcriptPlace(file.slice(root.length + 1));
  }

  #isIgnored(file: string): boolean {
    return this.#ignored.hasFile(file, (path) => this.#placeOf(path).sessionId);
  }

  #threadOf(file: string): string {
    const { role, agentId } = this.#placeOf(file);
    return role === 'main' ? 'main' : `${role} ${agentId ?? path.basename(file)}`;
  }

  async #record(read: FileBatch[]): Promise<void> {
    const batches = read.filter(
      ({ checkpoint, sessionId }) => !this.#ignored.leaves(checkpoint.path, sessionId),
    );
    if (batches.length === 0) return;
    const events = (await this.#recorder?.record(batches)) ?? [];
    const malformed = batches.reduce((sum, batch) => sum + batch.malformed.length, 0);
    const checkpoints = batches.map(({ checkpoint }) => checkpoint);
    this.#noteRead(checkpoints);
    if (events.length > 0) this.#options.onEvents(events);
    this.#noteMalformed(malformed);
  }

  #noteRead(checkpoints: readonly Checkpoint[]): void {
    for (const checkpoint of checkpoints) {
      const { path: file, size, modifiedAt, sessionId } = checkpoint;
      this.#marks.set(file, { size, modifiedAt });
      if (sessionId !== null) this.#knownSessions.add(sessionId);
      this.#options.onRead?.(checkpoint);
    }
  }

  #noteMalformed(malformed: number): void {
    if (malformed === 0) return;
    this.#malformed += malformed;
    this.#options.onStatus();
  }

  #touch(file: string): void {
    if (this.#isIgnored(file)) return;
    this.#changed.add(file);
    if (!this.#busy.has(file)) this.#drain();
  }

  #drain(): void {
    if (this.#stopping.signal.aborted) return;
    this.#draining ??= this.#readChanged()
      .catch((error: unknown) => {
        this.#options.log.error({ err: error }, 'a change could not be recorded');
      })
      .finally(() => {
        this.#draining = null;
        // Changes noted while it was ending.
        if ([...this.#changed].some((file) => !this.#busy.has(file))) this.#drain();
      });
  }

  /** Reads what has changed, several files in one commit when several have. */
  async #readChanged(): Promise<void> {
    for (;;) {
      const files = [...this.#changed].filter((file) => this.#begin(file));
      if (files.length === 0 || this.#stopping.signal.aborted) return;
      for (const file of files) this.#changed.delete(file);
      try {
        await this.#readTogether(files);
      } finally {
        for (const file of files) this.#busy.delete(file);
      }
    }
  }

  async #readTogether(files: readonly string[]): Promise<void> {
    let group: FileBatch[] = [];
    for (const file of files) {
      try {
        for (const batch of scanFile(this.#fileOf(file), this.#options.store.checkpoint(file))) {
          group.push(batch);
          // The next stretch of the same file needs nothing of the one before in the store.
          if (group.length < TOGETHER) continue;
          await this.#record(group.splice(0));
          await nextTick();
        }
      } catch (error) {
        if (!isMissing(error)) this.#options.log.warn({ file, err: error }, 'cannot be read');
      }
    }
    if (group.length > 0) await this.#record(group);
    group = [];
  }

  /** Looks at everything: what watching has missed, and files of folders that came later. */
  async #sweep(): Promise<void> {
    for (const root of this.#roots) {
      for (const file of await this.#discoverIn(root)) {
        const waits = this.#waiting.has(file.path);
        if (!waits && this.#hasChanged(file)) this.#touch(file.path);
      }
    }
  }

  async #poll(): Promise<void> {
    for (const folder of [...this.#unwatched]) {
      const { files, folders } = await findTranscripts(folder, () => {});
      const root = this.#roots.find((candidate) => folder.startsWith(candidate));
      if (root === folder && folders.length > 0) {
        // The folder has come into being.
        this.#unwatched.delete(folder);
        for (const found of folders) this.#watcherOf(root).watch(found);
      }
      for (const file of files) if (this.#hasChanged(file)) this.#touch(file.path);
    }
  }

  #every(ms: number, work: () => Promise<void>): void {
    let running = false;
    const timer = setInterval(() => {
      if (running) return;
      running = true;
      void work().finally(() => (running = false));
    }, ms);
    timer.unref();
    this.#timers.push(timer);
  }
}

function sizeOf(files: readonly FoundFile[]): number {
  return files.reduce((sum, file) => sum + file.size, 0);
}
