import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Defer } from '../tests/support/cleanup.js';

/** What has to be undone, newest first; also when something fails. */
export class Undo {
  readonly #undos: (() => unknown)[] = [];
  #undoing: Promise<void> | null = null;

  readonly defer: Defer = (undo) => {
    this.#undos.push(undo);
  };

  /** A new temporary folder, removed at the end. */
  folder(name: string): string {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), `optimizer-bench-${name}-`));
    this.defer(() => fs.promises.rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    return folder;
  }

  /** Undoes everything once, whoever asks for it and how often. */
  all(): Promise<void> {
    this.#undoing ??= this.#undoAll();
    return this.#undoing;
  }

  async #undoAll(): Promise<void> {
    for (let undo = this.#undos.pop(); undo; undo = this.#undos.pop()) await undo();
  }
}
