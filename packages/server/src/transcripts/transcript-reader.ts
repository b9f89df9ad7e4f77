import { setImmediate as nextTick } from 'node:timers/promises';
import type { SessionEvent } from '@claude-optimizer/protocol';
import type { Checkpoint, FileMark, Store } from '@claude-optimizer/store';
import { eventsOfLoad, type SessionLoad } from '@claude-optimizer/store/load';
import type { Logger } from 'pino';
import { isMissing } from './find-transcripts.js';
import type { KnownFiles } from './known-files.js';
import { Recorder } from './recorder.js';
import { scanFile, type FileBatch } from './scan-file.js';

export type ReaderOptions = {
  store: Store;
  /** Epoch ms. */
  now: () => number;
  log: Logger;
  /** Called with the events of each commit, in order, once they are stored. */
  onEvents(events: readonly SessionEvent[]): void;
  /** Called with each file of which something was taken in, once that is stored. */
  onRead?(file: Pick<FileMark, 'path' | 'sessionId'>): void;
  /** Called when progress, readiness or the count of malformed lines has changed. */
  onStatus(): void;
};

/** Files, or stretches of them, that are stored together. */
export const TOGETHER = 8;
/** So long several files are read without a pause: a request waits no longer. */
const SLICE_MS = 8;
/** Events of older sessions are in the store for who asks; nobody waits to be told of them. */
const TOLD_SINCE_MS = 86_400_000;

/** Takes in what transcripts say: each file by one reading at a time, told once it is stored. */
export class TranscriptReader {
  /** Files that will have their turn without being asked for. */
  readonly waiting = new Set<string>();
  readonly #options: ReaderOptions;
  readonly #files: KnownFiles;
  readonly #signal: AbortSignal;
  readonly #onFree: (file: string) => void;
  readonly #busy = new Set<string>();
  #recorder: Recorder | null = null;
  #open: (recorder: Recorder) => void = () => undefined;
  /** Resolves once there is something to record with. */
  readonly opened = new Promise<Recorder>((resolve) => (this.#open = resolve));
  #malformed = 0;

  /** `onFree` is told each file of which a reading has ended; none goes on once `signal` is given. */
  constructor(
    options: ReaderOptions,
    given: { files: KnownFiles; signal: AbortSignal; onFree: (file: string) => void },
  ) {
    this.#options = options;
    this.#files = given.files;
    this.#signal = given.signal;
    this.#onFree = given.onFree;
  }

  /** Goes on where an earlier run ended. */
  async open(): Promise<void> {
    const { store, now } = this.#options;
    const marks = await store.fileMarks();
    for (const deleted of await store.deletedSessions()) this.#files.ignored.add(deleted);
    this.#files.restore(marks);
    this.#malformed = (await store.malformed(0)).total;
    this.#recorder = await Recorder.open(store, now, marks, (file) => this.#files.threadOf(file));
    this.#open(this.#recorder);
  }

  /** What records; null before it is open. */
  get recorder(): Recorder | null {
    return this.#recorder;
  }

  /** Lines of all time that were no JSON. */
  get malformedLines(): number {
    return this.#malformed;
  }

  isBusy(file: string): boolean {
    return this.#busy.has(file);
  }

  /** Claims a file; false when it is being read already. */
  begin(file: string): boolean {
    this.waiting.delete(file);
    if (this.#busy.has(file)) return false;
    this.#busy.add(file);
    this.#files.ignored.beginAnew(file);
    return true;
  }

  /** Ends a claim; `error` says why the file couldn't be read. */
  end(file: string, error: unknown): void {
    this.#busy.delete(file);
    if (error !== null) this.#options.log.warn({ file, err: error }, 'transcript cannot be read');
    this.#onFree(file);
  }

  /** Reads claimed files from where they were read to, several stretches in one commit. */
  async read(files: readonly string[]): Promise<void> {
    const group: FileBatch[] = [];
    let sliceEnds = performance.now() + SLICE_MS;
    for (const file of files) {
      if (performance.now() > sliceEnds) {
        await nextTick();
        sliceEnds = performance.now() + SLICE_MS;
      }
      try {
        const { store } = this.#options;
        for (const batch of scanFile(this.#files.fileOf(file), store.checkpoint(file))) {
          group.push(batch);
          // The next stretch of the same file needs nothing of the one before in the store.
          if (group.length < TOGETHER) continue;
          await this.record(group.splice(0));
          await nextTick();
          if (this.#signal.aborted) return;
        }
      } catch (error) {
        if (!isMissing(error)) this.#options.log.warn({ file, err: error }, 'cannot be read');
      }
    }
    if (group.length > 0) await this.record(group);
  }

  /** Stores what was read and tells it, but what is of a session that isn't wanted. */
  async record(read: readonly FileBatch[]): Promise<void> {
    const batches = read.filter(
      ({ checkpoint, sessionId }) => !this.#files.ignored.leaves(checkpoint.path, sessionId),
    );
    if (batches.length === 0) return;
    const events = (await this.#recorder?.record(batches)) ?? [];
    this.#noteRead(batches.map(({ checkpoint }) => checkpoint));
    if (events.length > 0) this.#options.onEvents(events);
    this.#noteMalformed(batches);
  }

  /** Stores whole sessions; gives those that are to be read line by line instead. */
  async load(loads: readonly SessionLoad[], isPricedAsNow: boolean): Promise<Set<string>> {
    if (!isPricedAsNow || this.#recorder === null) {
      return new Set(loads.map(({ sessionId }) => sessionId));
    }
    const wanted = loads.filter(
      ({ sessionId, checkpoints }) =>
        !checkpoints.some(({ path: file }) => this.#files.ignored.leaves(file, sessionId)),
    );
    const { written, events, refused } = await this.#recorder.load(wanted);
    const since = this.#options.now() - TOLD_SINCE_MS;
    const told = written.flatMap(({ load, seq }) =>
      (load.lastAt ?? 0) >= since ? eventsOfLoad(load, seq) : [],
    );
    for (const { load } of written) this.#noteRead(load.checkpoints);
    if (told.length + events.length > 0) this.#options.onEvents([...told, ...events]);
    this.#noteMalformed(written.map(({ load }) => load));
    return refused;
  }

  #noteRead(checkpoints: readonly Checkpoint[]): void {
    for (const checkpoint of checkpoints) {
      this.#files.noteRead(checkpoint);
      this.#options.onRead?.(checkpoint);
    }
  }

  #noteMalformed(read: readonly { malformed: readonly unknown[] }[]): void {
    const malformed = read.reduce((sum, each) => sum + each.malformed.length, 0);
    if (malformed === 0) return;
    this.#malformed += malformed;
    this.#options.onStatus();
  }
}
