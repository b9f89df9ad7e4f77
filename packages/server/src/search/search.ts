import { statSync } from 'node:fs';
import type { SearchState } from '@claude-optimizer/protocol';
import { openSearchReader, type SearchReader } from '@claude-optimizer/store';
import type { Log } from '../log.js';
import type { FollowedFile } from '../transcripts/transcript-path.js';
import { openLine, type Line } from './line-to-worker.js';

/** A transcript that is being written is indexed once in so many ms, not with every line. */
const GATHER_MS = 2_000;
const RETRY_MS = 60_000;
const REST_MS = 30_000;

type Options = {
  file: string;
  archive: string;
  /** All transcripts that there are. */
  all: () => Promise<readonly FollowedFile[]>;
  now: () => number;
  log: Log;
};
type Waiting = { files: Map<string, FollowedFile>; due: number };

/** Keeps the full-text index behind the index of sessions: in a thread of its own, one at a time. */
export class Search {
  readonly #options: Options;
  readonly #waiting = new Map<string, Waiting>();
  #line: Promise<Line> | null = null;
  #reader: SearchReader | null = null;
  #running: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #looking: NodeJS.Timeout | null = null;
  #resting: NodeJS.Timeout | null = null;
  #hasBegun = false;
  #isClosed = false;
  #unsettled = 0;
  #problem: string | null = null;
  #done = 0;
  #total = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Begins to index: all that there is, called once the sessions are indexed. */
  async begin(): Promise<void> {
    const files = await this.#options.all();
    if (this.#isClosed) return;
    this.#hasBegun = true;
    for (const file of files) this.#await(file, 0);
    this.#done = 0;
    this.#total = this.#waiting.size;
    const sessionIds = [...this.#waiting.keys()];
    await this.#perform({ type: 'sweep', sessionIds }).catch((error: unknown) => {
      this.#failed(error);
    });
    this.#wake();
  }

  /** A transcript has changed; before `begin` it will be among all. */
  changed(file: FollowedFile): void {
    if (!this.#hasBegun) return;
    this.#await(file, this.#options.now() + GATHER_MS);
    this.#wake();
  }

  /** Removes what is indexed of a session. */
  async forget(sessionId: string): Promise<void> {
    this.#waiting.delete(sessionId);
    if (this.#line === null && this.reader() === null) return;
    await this.#perform({ type: 'forget', sessionId });
  }

  state(): SearchState {
    const left = [...this.#waiting.values()].filter(({ due }) => due === 0).length;
    const isWorking = left > 0 || this.#done < this.#total;
    return {
      state: this.#stateWord(isWorking),
      sessionsDone: this.#done,
      sessionsTotal: this.#total,
      bytes: statSync(this.#options.file, { throwIfNoEntry: false })?.size ?? 0,
      problem: this.#problem,
    };
  }

  /** The index for reading; null while there is none. */
  reader(): SearchReader | null {
    this.#reader ??= openSearchReader(this.#options.file);
    return this.#reader;
  }

  /** Ends after the step that is under way; what is left is indexed at the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of [this.#timer, this.#looking, this.#resting]) if (timer) clearTimeout(timer);
    this.#waiting.clear();
    const line = await this.#line?.catch(() => null);
    await line?.end();
    await this.#running;
    this.#reader?.close();
    this.#reader = null;
  }

  #stateWord(isWorking: boolean): SearchState['state'] {
    if (this.#problem !== null) return 'failed';
    if (!this.#hasBegun) return 'waiting';
    return isWorking ? 'working' : 'idle';
  }

  #await(file: FollowedFile, due: number): void {
    const waiting = this.#waiting.get(file.sessionId) ?? { files: new Map(), due };
    waiting.files.set(file.path, file);
    waiting.due = Math.min(waiting.due, due);
    this.#waiting.set(file.sessionId, waiting);
  }

  #wake(): void {
    if (this.#isClosed || this.#running !== null) return;
    if (this.#timer) clearTimeout(this.#timer);
    const first = Math.min(...[...this.#waiting.values()].map(({ due }) => due));
    if (first === Infinity) return;
    this.#timer = setTimeout(
      () => {
        this.#running = this.#run().finally(() => {
          this.#running = null;
          this.#wake();
        });
      },
      Math.max(first - this.#options.now(), 0),
    );
    this.#timer.unref();
  }

  async #run(): Promise<void> {
    for (let next = this.#next(); next !== null && !this.#isClosed; next = this.#next()) {
      const [sessionId, { files, due }] = next;
      this.#waiting.delete(sessionId);
      try {
        const more = this.#next() !== null;
        await this.#perform({ type: 'index', sessionId, files: [...files.values()], more });
        this.#problem = null;
      } catch (error) {
        this.#failed(error);
        this.#lookAgain();
      }
      if (due === 0) this.#done += 1;
      else this.#unsettled += 1;
    }
    await this.#settle();
    this.#restLater();
  }

  // Many small pieces make a search slow: after the first of all, and now and then, they are merged.
  async #settle(): Promise<void> {
    const isFirst = this.#total > 0 && this.#unsettled === 0;
    if (this.#isClosed || (!isFirst && this.#unsettled < 200)) return;
    this.#unsettled = 1;
    await this.#perform({ type: 'settle' }).catch((error: unknown) => {
      this.#failed(error);
    });
  }

  // What was added before it may have been given up with it: each session is looked at once more.
  #lookAgain(): void {
    if (this.#isClosed || this.#looking) return;
    this.#looking = setTimeout(() => {
      this.#looking = null;
      this.begin().catch((error: unknown) => {
        this.#failed(error);
      });
    }, RETRY_MS);
    this.#looking.unref();
  }

  // A thread that has nothing to do for a while gives its memory back.
  #restLater(): void {
    if (this.#resting) clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      if (this.#running === null && this.#line !== null) void this.#renew(this.#line);
    }, REST_MS);
    this.#resting.unref();
  }

  #next(): [string, Waiting] | null {
    const now = this.#options.now();
    for (const entry of this.#waiting) if (entry[1].due <= now) return entry;
    return null;
  }

  async #perform(request: Parameters<Line['perform']>[0]): Promise<void> {
    const { file, archive } = this.#options;
    // One that couldn't be opened, or that has ended, is opened again.
    this.#line ??= openLine({ file, archive });
    const line = this.#line;
    try {
      await (await line).perform(request);
    } catch (error) {
      if (this.#line === line && !this.#isClosed) await this.#renew(line);
      throw error;
    }
  }

  async #renew(line: Promise<Line>): Promise<void> {
    this.#line = null;
    await line.then((one) => one.end()).catch(() => undefined);
  }

  #failed(error: unknown): void {
    if (this.#isClosed) return;
    this.#problem = error instanceof Error ? error.message : String(error);
    this.#options.log.error({ err: error }, 'the full text cannot be indexed');
  }
}
