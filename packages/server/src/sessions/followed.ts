import type { FileMark, Store } from '@claude-optimizer/store';
import { Listeners } from '../listeners.js';
import { transcriptOf, type FollowedFile } from '../transcripts/transcript-path.js';

type Read = Pick<FileMark, 'path' | 'sessionId'>;
type Options = {
  claudeDirs: readonly string[];
  store: Store;
  ignores: (sessionId: string) => boolean;
  indexed: () => Promise<void>;
};

/** The transcripts that are read, for those who do more with them, behind the index. */
export class Followed {
  readonly #options: Options;
  readonly #readers = new Listeners<[FollowedFile]>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Resolves once all that was there at the start has been read. */
  indexed(): Promise<void> {
    return this.#options.indexed();
  }

  /** Those of every session that isn't deleted. */
  async all(): Promise<FollowedFile[]> {
    return (await this.#options.store.fileMarks()).flatMap((mark) => this.#file(mark) ?? []);
  }

  /** Those of one session; none for one that is deleted. */
  async of(sessionId: string): Promise<FollowedFile[]> {
    const paths = await this.#options.store.filesOf(sessionId);
    return paths.flatMap((path) => this.#file({ path, sessionId }) ?? []);
  }

  /** Called with each file of which something was read and stored. Returns the unsubscriber. */
  onRead(listener: (file: FollowedFile) => void): () => void {
    return this.#readers.add(listener);
  }

  /** Tells that something of a file was read and stored. */
  tell(read: Read): void {
    const file = this.#readers.size > 0 ? this.#file(read) : null;
    if (file !== null) this.#readers.tell(file);
  }

  #file({ path, sessionId }: Read): FollowedFile | null {
    const { claudeDirs, ignores } = this.#options;
    if (sessionId === null || ignores(sessionId)) return null;
    const file = transcriptOf(claudeDirs, path);
    return file && { ...file, sessionId };
  }
}
