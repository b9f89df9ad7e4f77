import type { Logger } from 'pino';
import { findTranscripts, type FoundFile } from './find-transcripts.js';
import { FolderWatcher } from './watch-folders.js';

type Options = {
  log: Logger;
  /** Told a transcript that was written to, made, replaced or deleted. */
  onFile: (path: string) => void;
};

/** The folders below the roots: all transcripts in them, and what happens there from then on. */
export class TranscriptFolders {
  readonly #roots: readonly string[];
  readonly #options: Options;
  readonly #watchers = new Map<string, FolderWatcher>();
  readonly #unwatched = new Set<string>();

  constructor(roots: readonly string[], options: Options) {
    this.#roots = roots;
    this.#options = options;
  }

  /** Finds every transcript; watches each folder from before it is looked into. */
  async find(): Promise<FoundFile[]> {
    const found: FoundFile[] = [];
    for (const root of this.#roots) {
      const { files, folders } = await findTranscripts(
        root,
        (folder, error) => {
          this.#options.log.warn({ folder, err: error }, 'folder cannot be read');
        },
        (folder) => {
          this.#watcherOf(root).watch(folder);
        },
      );
      if (folders.length === 0) this.#unwatched.add(root);
      found.push(...files);
    }
    return found;
  }

  /** Finds the transcripts of folders that can't be watched or weren't there yet. */
  async findUnwatched(): Promise<FoundFile[]> {
    const found: FoundFile[] = [];
    for (const folder of [...this.#unwatched]) {
      const { files, folders } = await findTranscripts(folder, () => {});
      found.push(...files);
      const root = this.#roots.find((candidate) => folder.startsWith(candidate));
      if (root !== folder || folders.length === 0) continue;
      // The folder has come into being.
      this.#unwatched.delete(folder);
      for (const each of folders) this.#watcherOf(root).watch(each);
    }
    return found;
  }

  /** Ends watching for good. */
  end(): void {
    for (const watcher of this.#watchers.values()) watcher.end();
  }

  #watcherOf(root: string): FolderWatcher {
    const known = this.#watchers.get(root);
    if (known) return known;
    const watcher = new FolderWatcher(root, {
      onFile: this.#options.onFile,
      onUnwatched: (folder, error) => {
        this.#options.log.warn({ folder, err: error }, 'folder cannot be watched; polling it');
        this.#unwatched.add(folder);
      },
    });
    this.#watchers.set(root, watcher);
    return watcher;
  }
}
