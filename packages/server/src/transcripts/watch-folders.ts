import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { findTranscripts, mayBeTranscript, mayHoldTranscripts } from './find-transcripts.js';

export type FolderEvents = {
  /** A transcript was written to, made, replaced or deleted. */
  onFile(path: string): void;
  /** A folder can't be watched: it has to be looked at now and then. */
  onUnwatched(folder: string, error: unknown): void;
};

/**
 * Tells at once when a transcript below `root` changes. Linux watches each folder by itself
 * (`fs.watch`'s recursive mode there watches every single file); elsewhere one watch takes it all.
 */
export class FolderWatcher {
  readonly #root: string;
  readonly #events: FolderEvents;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #recursive: boolean;
  #ended = false;

  constructor(root: string, events: FolderEvents, platform: NodeJS.Platform = process.platform) {
    this.#root = root;
    this.#events = events;
    this.#recursive = platform === 'darwin' || platform === 'win32';
  }

  /** Watches a folder; once watched, again costs nothing. */
  watch(folder: string): void {
    const target = this.#recursive ? this.#root : folder;
    if (this.#ended || this.#watchers.has(target)) return;
    try {
      const watcher = watch(target, { recursive: this.#recursive }, (kind, name) => {
        if (name !== null) this.#notice(target, kind, name);
      });
      watcher.on('error', (error) => {
        this.#drop(target);
        if (target === this.#root) this.#events.onUnwatched(target, error);
      });
      this.#watchers.set(target, watcher);
    } catch (error) {
      this.#events.onUnwatched(target, error);
    }
  }

  /** Stops watching for good. */
  end(): void {
    this.#ended = true;
    this.#close();
  }

  #close(): void {
    for (const folder of [...this.#watchers.keys()]) this.#drop(folder);
  }

  #drop(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }

  #notice(folder: string, kind: string, name: string): void {
    // A folder tells its own end under its own name; the root's has to be waited for anew.
    if (kind === 'rename' && folder === this.#root && name === path.basename(folder)) {
      this.#close();
      this.#events.onUnwatched(folder, new Error('it was deleted or moved'));
      return;
    }
    const full = path.join(folder, name);
    if (mayBeTranscript(name)) {
      this.#events.onFile(full);
    } else if (kind === 'rename' && mayHoldTranscripts(path.basename(name))) {
      // A folder was made, moved or deleted; its files may have been there before the watch.
      this.#drop(full);
      void this.#enter(full);
    }
  }

  async #enter(folder: string): Promise<void> {
    if (this.#ended || !(await isFolder(folder))) return;
    // A file may come between the look and the watch: look again until there is nothing new.
    for (;;) {
      const { files, folders } = await findTranscripts(folder, (problem, error) => {
        this.#events.onUnwatched(problem, error);
      });
      const unseen = this.#recursive ? [] : folders.filter((found) => !this.#watchers.has(found));
      for (const found of unseen) this.watch(found);
      const stuck = unseen.every((found) => !this.#watchers.has(found));
      if (!stuck) continue;
      for (const file of files) this.#events.onFile(file.path);
      return;
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ?? false;
}
