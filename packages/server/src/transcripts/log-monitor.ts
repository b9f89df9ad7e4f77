import path from 'node:path';
import type { Indexing, SessionEvent, SessionState, Unnumbered } from '@claude-optimizer/protocol';
import type { HeardOf } from './draft.js';
import type { FoundFile } from './find-transcripts.js';
import { FirstReading } from './first-reading.js';
import { KnownFiles } from './known-files.js';
import type { Recorder } from './recorder.js';
import { TranscriptFolders } from './transcript-folders.js';
import { TranscriptReader, type ReaderOptions } from './transcript-reader.js';

export type LogMonitorOptions = ReaderOptions & {
  /** Folders that hold `projects/`, as Claude Code's configuration folder does. */
  claudeDirs: readonly string[];
  /** What is there, when it is being looked for already; null: it couldn't be. */
  found?: Promise<FoundFile[] | null>;
  /** Resolves when a person waits for nothing else: so long the past can wait. */
  pause?: () => Promise<void>;
};

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
  readonly #files: KnownFiles;
  readonly #folders: TranscriptFolders;
  readonly #reader: TranscriptReader;
  readonly #firstReading: FirstReading;
  readonly #stopping = new AbortController();
  readonly #changed = new Set<string>();
  #draining: Promise<void> | null = null;
  #indexing: Promise<void> = Promise.resolve();
  #following: Promise<void> = Promise.resolve();
  #timers: NodeJS.Timeout[] = [];

  constructor(options: LogMonitorOptions) {
    this.#options = options;
    const { signal } = this.#stopping;
    const roots = options.claudeDirs.map((dir) => path.join(dir, 'projects'));
    const files = new KnownFiles(roots);
    this.#files = files;
    this.#folders = new TranscriptFolders(roots, {
      log: options.log,
      onFile: (file) => {
        this.#touch(file);
      },
    });
    this.#reader = new TranscriptReader(options, {
      files,
      signal,
      onFree: (file) => {
        if (this.#changed.has(file)) this.#drain();
      },
    });
    this.#firstReading = new FirstReading(options, { files, reader: this.#reader, signal });
  }

  /** Begins to watch and to index; resolves once every file has been found and indexing runs. */
  async start(): Promise<void> {
    await this.#reader.open();
    const found = (await this.#options.found) ?? null;
    const files = found ?? (await this.#folders.find());
    this.#indexing = this.#firstReading.read(files).catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'indexing stopped');
    });
    this.#following = this.#follow(found === null).catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'changes are not followed');
    });
  }

  async #follow(isWatched: boolean): Promise<void> {
    await this.firstRead();
    await this.#options.pause?.();
    if (this.#stopping.signal.aborted) return;
    // What was found in another thread isn't watched yet, and may have grown since.
    if (!isWatched) await this.#sweep();
    this.#every(SWEEP_MS, () => this.#sweep());
    this.#every(POLL_MS, () => this.#poll());
  }

  /** Resolves once what was written today is read, or the newest 4 MB of it. */
  firstRead(): Promise<void> {
    return this.#firstReading.newest;
  }

  /** Resolves once all files that were there at the start are indexed. */
  indexed(): Promise<void> {
    return this.#indexing;
  }

  /** Ends watching; what is being committed is finished. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#indexing;
    await this.#following;
    for (const timer of this.#timers) clearInterval(timer);
    this.#folders.end();
    await this.#draining;
  }

  status(): { indexing: Indexing; ready: boolean; malformedLines: number } {
    const { progress, ready } = this.#firstReading;
    return { indexing: progress, ready, malformedLines: this.#reader.malformedLines };
  }

  lastSeq(): number {
    return this.#reader.recorder?.lastSeq ?? 0;
  }

  /** Adds an event of the person's own doing; null when the session is unknown. */
  async say(
    sessionId: string,
    say: (state: SessionState, now: number) => Unnumbered,
  ): Promise<SessionEvent | null> {
    if (this.ignores(sessionId)) return null;
    const event = (await this.#reader.recorder?.say(sessionId, say)) ?? null;
    if (event) this.#options.onEvents([event]);
    return event;
  }

  /** Adds what hooks and telemetry said; waits until the store has been opened. */
  async hear(heard: readonly HeardOf[]): Promise<void> {
    const recorder = await this.#reader.opened;
    const events = await recorder.hear(heard.filter(({ sessionId }) => !this.ignores(sessionId)));
    if (events.length > 0) this.#options.onEvents(events);
  }

  /**
   * Gives the whole history the prices of now, in bounded steps; live lines come in between.
   * `onStep` is told the key of the last session that has them.
   */
  async reprice(onStep: (sessionKey: number) => void): Promise<void> {
    const recorder = await this.#reader.opened;
    for (let key: number | null = 0; key !== null;) {
      const step: Awaited<ReturnType<Recorder['reprice']>> = await recorder.reprice(key);
      if (step.events.length > 0) this.#options.onEvents(step.events);
      key = step.lastKey;
      if (key !== null) onStep(key);
    }
  }

  /** Whether the person has deleted the session here. */
  ignores(sessionId: string): boolean {
    return this.#files.ignored.hasSession(sessionId);
  }

  /** From now on nothing of a session is taken in; runs `mark` when what came before is stored. */
  async ignore(sessionId: string, mark: () => Promise<readonly string[] | null>): Promise<boolean> {
    return (await this.#reader.opened).between(async () => {
      const paths = await mark();
      if (paths !== null) this.#files.ignored.add({ sessionId, paths });
      return paths !== null;
    });
  }

  /** Takes a session in again, from where its files were read to; `unmark` is false: it can't be. */
  async heed(sessionId: string, unmark: () => Promise<boolean>): Promise<boolean> {
    const paths = await (
      await this.#reader.opened
    ).between(async () => ((await unmark()) ? this.#files.ignored.remove(sessionId) : null));
    for (const path of paths ?? []) this.#touch(path);
    return paths !== null;
  }

  /** Forgets what is remembered of a session that is being removed. */
  async forget(sessionId: string): Promise<void> {
    (await this.#reader.opened).forget(sessionId);
  }

  /** Runs `work` while nothing is being stored. */
  between<T>(work: () => Promise<T>): Promise<T> {
    const { recorder } = this.#reader;
    return recorder ? recorder.between(work) : work();
  }

  #touch(file: string): void {
    if (this.#files.isIgnored(file)) return;
    this.#changed.add(file);
    if (!this.#reader.isBusy(file)) this.#drain();
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
        if ([...this.#changed].some((file) => !this.#reader.isBusy(file))) this.#drain();
      });
  }

  /** Reads what has changed, several files in one commit when several have. */
  async #readChanged(): Promise<void> {
    for (;;) {
      const files = [...this.#changed].filter((file) => this.#reader.begin(file));
      if (files.length === 0 || this.#stopping.signal.aborted) return;
      for (const file of files) this.#changed.delete(file);
      try {
        await this.#reader.read(files);
      } finally {
        for (const file of files) this.#reader.end(file, null);
      }
    }
  }

  /** Looks at everything: what watching has missed, and files of folders that came later. */
  async #sweep(): Promise<void> {
    for (const file of await this.#folders.find()) {
      const waits = this.#reader.waiting.has(file.path);
      if (!waits && this.#files.hasChanged(file)) this.#touch(file.path);
    }
  }

  async #poll(): Promise<void> {
    for (const file of await this.#folders.findUnwatched()) {
      if (this.#files.hasChanged(file)) this.#touch(file.path);
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
