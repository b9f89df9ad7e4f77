import { setImmediate as nextTick } from 'node:timers/promises';
import {
  openArchiveReader,
  openSearchWriter,
  type ArchiveIndex,
  type SearchWriter,
} from '@claude-optimizer/store';
import { atOnce } from '../archive/own-files.js';
import { indexFile, refOf } from '../archive/places.js';
import { FoundTranscripts } from '../archive/raw-transcripts.js';
import type { FollowedFile } from '../transcripts/transcript-path.js';
import { AnswerKernel } from './answer-kernel.js';
import { indexSession } from './index-session.js';

/** What search work can be asked, one after another. */
export type SearchRequest =
  /** `more`: others follow at once, so that it needn't be seen yet. */
  | { type: 'index'; sessionId: string; files: readonly FollowedFile[]; more: boolean }
  | { type: 'forget'; sessionId: string }
  /** Forgets all sessions but these, of which many follow. */
  | { type: 'sweep'; sessionIds: readonly string[] }
  /** Puts together what was written in pieces. */
  | { type: 'settle' };

const ROWS = 500;
const PAGES = 400;

/** Keeps the full-text index: the one writer of it. */
export class SearchWork {
  readonly #writer: SearchWriter;
  readonly #archive: string;
  readonly #kernel = AnswerKernel.open();
  #kept: ArchiveIndex | null = null;
  #isEnding = false;
  readonly #forgotten = new Set<string>();

  private constructor(writer: SearchWriter, archive: string) {
    this.#writer = writer;
    this.#archive = archive;
  }

  static async open(file: string, archive: string): Promise<SearchWork> {
    return new SearchWork(await openSearchWriter(file), archive);
  }

  /** Told at once, also while a session is being indexed. */
  hear(request: SearchRequest): void {
    if (request.type === 'forget') this.#forgotten.add(request.sessionId);
    if (request.type === 'index') this.#forgotten.delete(request.sessionId);
  }

  async perform(request: SearchRequest): Promise<void> {
    switch (request.type) {
      case 'index':
        await this.#index(request.sessionId, request.files);
        if (!request.more) this.#writer.flush();
        return;
      case 'forget':
        await this.#forget([request.sessionId]);
        return;
      case 'sweep': {
        const wanted = new Set(request.sessionIds);
        this.#writer.beginMany();
        await this.#forget(this.#writer.sessionIds().filter((id) => !wanted.has(id)));
        return;
      }
      case 'settle':
        await this.#settle();
    }
  }

  end(): void {
    this.#isEnding = true;
  }

  close(): void {
    this.#writer.close();
    this.#kept?.close();
  }

  #index(sessionId: string, files: readonly FollowedFile[]): Promise<void> {
    const paths = new Map(files.map(({ path }) => [refOf(path), path]));
    const transcripts = new FoundTranscripts({
      folder: this.#archive,
      index: () => (this.#kept ??= openArchiveReader(indexFile(this.#archive))),
      known: () => Promise.resolve(files),
      forget: () => Promise.resolve(),
      own: atOnce,
    });
    const isOver = (id: string) => this.#isEnding || this.#forgotten.has(id);
    const pathOf = (ref: string) => paths.get(ref) ?? null;
    const writing = { writer: this.#writer, kernel: this.#kernel };
    return indexSession({ ...writing, transcripts, isOver, pathOf }, sessionId);
  }

  // What was removed is gone from the disk only once the pieces that held it are merged.
  async #forget(sessionIds: readonly string[]): Promise<void> {
    for (const id of sessionIds) {
      while (!this.#isEnding && !this.#writer.remove(id, null, ROWS)) await nextTick();
    }
    if (sessionIds.length > 0) await this.#settle();
  }

  async #settle(): Promise<void> {
    while (!this.#isEnding && !this.#writer.merge(PAGES)) await nextTick();
    this.#writer.endMany();
  }
}
