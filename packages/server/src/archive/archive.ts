import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  OptimizerError,
  type ArchiveSettings,
  type ArchiveStatus,
  type PruneAnswer,
  type PruneRequest,
} from '@claude-optimizer/protocol';
import { openArchiveReader, type ArchiveIndex } from '@claude-optimizer/store';
import type { Log } from '../log.js';
import { emptyStatus, statusOf } from './archive-desk.js';
import { ArchiveWork, type ArchiveRequest, type WorkStatus } from './archive-work.js';
import type { FromArchive, ToArchive } from './archive-worker.js';
import type { About } from './frame-file.js';
import { archiveFolder, indexFile } from './places.js';
import { FoundTranscripts, type RawTranscripts } from './raw-transcripts.js';

const WORKER = new URL('./archive-worker.js', import.meta.url);
/** The worker holds a member at a time: a small heap keeps the daemon small. */
const HEAP = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 2 };

type Options = {
  dataDir: string;
  settings: ArchiveSettings;
  now: () => number;
  log: Log;
  /** The transcripts of a session by what was read of them. */
  known: (sessionId: string) => Promise<readonly About[]>;
};

/** Speaks to the thread that keeps transcripts; without one (TypeScript source) works in this one. */
type Line = {
  send: (message: ToArchive) => void;
  ask: (request: ArchiveRequest) => Promise<unknown>;
  end: () => Promise<void>;
};

/** The archive as the daemon has it: kept in a thread of its own, read here. */
export class Archive {
  readonly transcripts: RawTranscripts;
  readonly #options: Options;
  readonly #folder: string;
  #settings: ArchiveSettings;
  #line: Promise<Line> | null = null;
  #index: ArchiveIndex | null = null;
  #hasBegun = false;
  #failure: string | null = null;

  constructor(options: Options) {
    this.#options = options;
    this.#settings = options.settings;
    this.#folder = archiveFolder(options.dataDir);
    this.transcripts = new FoundTranscripts({
      folder: this.#folder,
      index: () => this.#reader(),
      known: options.known,
      forget: (sessionId) => this.forget(sessionId),
    });
  }

  /** Begins to keep: all that there is, called once the index is up to date. */
  begin(files: readonly About[]): void {
    this.#hasBegun = true;
    if (this.#settings.keep) this.#send({ type: 'take', files: [...files], soon: false });
  }

  /** A transcript has changed; before `begin` it will be among all. */
  changed(file: About): void {
    if (!this.#hasBegun || !this.#settings.keep) return;
    this.#send({ type: 'take', files: [file], soon: true });
  }

  /** Takes other settings; `all` are the transcripts that are to be kept if it's switched on. */
  async change(settings: ArchiveSettings, all: () => Promise<readonly About[]>): Promise<void> {
    this.#settings = settings;
    if (!settings.keep && this.#line === null) return;
    this.#send({ type: 'settings', settings });
    if (settings.keep && this.#hasBegun) this.begin(await all());
  }

  async status(): Promise<ArchiveStatus> {
    if (this.#line !== null && this.#failure === null) {
      const { isFull, ...status } = (await this.#ask({ type: 'status' })) as WorkStatus;
      return { ...status, state: this.#state(status, isFull) };
    }
    const none = { pending: 0, problem: this.#failure };
    const index = this.#reader();
    const stored = index ? statusOf(index, this.#folder, this.#settings) : null;
    const status = { ...(stored ?? emptyStatus(this.#folder, this.#settings)), ...none };
    return { ...status, state: this.#state(status, false) };
  }

  async prune(request: PruneRequest): Promise<PruneAnswer> {
    return (await this.#ask({ type: 'prune', request })) as PruneAnswer;
  }

  /** Removes what is kept of a session. */
  async forget(sessionId: string): Promise<void> {
    if (this.#line === null && this.#reader()?.ofSession(sessionId).length === 0) return;
    if (this.#line === null && this.#reader() === null) return;
    await this.#ask({ type: 'forget', sessionId });
  }

  /** Ends after the step that is under way. */
  async close(): Promise<void> {
    const line = await this.#line?.catch(() => null);
    await line?.end();
    this.#index?.close();
    this.#index = null;
  }

  #state({ pending, problem }: { pending: number; problem: string | null }, isFull: boolean) {
    if (problem !== null) return 'failed';
    if (!this.#settings.keep) return 'off';
    if (!this.#hasBegun) return 'waiting';
    if (isFull) return 'full';
    return pending > 0 ? 'working' : 'idle';
  }

  #reader(): ArchiveIndex | null {
    this.#index ??= openArchiveReader(indexFile(this.#folder));
    return this.#index;
  }

  #send(message: ToArchive): void {
    this.#opened().then(
      (line) => {
        line.send(message);
      },
      () => undefined,
    );
  }

  async #ask(request: ArchiveRequest): Promise<unknown> {
    return (await this.#opened()).ask(request);
  }

  #opened(): Promise<Line> {
    this.#line ??= this.#open().catch((error: unknown) => {
      this.#failed(error);
      throw failure(this.#folder, error);
    });
    return this.#line;
  }

  #open(): Promise<Line> {
    const { now } = this.#options;
    const data = { folder: this.#folder, settings: this.#settings };
    if (!existsSync(fileURLToPath(WORKER))) return lineHere({ ...data, now });
    return Promise.resolve(
      lineToWorker(data, (error) => {
        this.#failed(error);
      }),
    );
  }

  #failed(error: unknown): void {
    this.#failure = error instanceof Error ? error.message : String(error);
    this.#options.log.error({ err: error }, 'transcripts cannot be kept');
  }
}

function lineToWorker(
  workerData: { folder: string; settings: ArchiveSettings },
  onFailure: (error: Error) => void,
): Line {
  const worker = new Worker(WORKER, { workerData, resourceLimits: HEAP });
  worker.unref();
  const open = new Map<
    number,
    { resolve: (answer: unknown) => void; reject: (e: Error) => void }
  >();
  let asked = 0;
  let isOver = false;
  let ended: () => void = () => undefined;
  const over = (error: Error) => {
    isOver = true;
    ended();
    for (const { reject } of open.values()) reject(failure(workerData.folder, error));
    open.clear();
  };
  worker.on('message', (message: FromArchive) => {
    if (message.type === 'ended') {
      over(new Error('it has ended'));
      return;
    }
    const question = open.get(message.id);
    open.delete(message.id);
    if (message.type === 'answer') question?.resolve(message.answer);
    else question?.reject(failure(workerData.folder, new Error(message.reason)));
  });
  worker.on('error', (error) => {
    onFailure(error);
    over(error);
  });
  const send = (message: ToArchive) => {
    if (!isOver) worker.postMessage(message);
  };
  return {
    send,
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (isOver) {
          reject(failure(workerData.folder, new Error('the thread that keeps them has ended')));
          return;
        }
        asked += 1;
        open.set(asked, { resolve, reject });
        send({ type: 'ask', id: asked, request });
      }),
    end: async () => {
      if (!isOver) {
        const end = new Promise<void>((resolve) => (ended = resolve));
        worker.ref();
        send({ type: 'end' });
        await end;
      }
      await worker.terminate();
    },
  };
}

async function lineHere(options: {
  folder: string;
  settings: ArchiveSettings;
  now: () => number;
}): Promise<Line> {
  const work = await ArchiveWork.open({ ...options, rest: 0 });
  return {
    send: (message) => {
      if (message.type === 'take') work.take(message.files, { soon: message.soon });
      if (message.type === 'settings') work.settings = message.settings;
    },
    ask: (request) => Promise.resolve(work.answer(request)),
    end: () => work.close(),
  };
}

function failure(folder: string, cause: unknown): OptimizerError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new OptimizerError('store_unavailable', `The archive in ${folder} can't be used: ${why}`, {
    fix: 'Check that the folder is yours and has room. Sessions are followed all the same.',
    cause,
  });
}
