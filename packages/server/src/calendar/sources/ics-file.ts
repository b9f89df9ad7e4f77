import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { OptimizerError } from '@claude-optimizer/protocol';
import { writeWhole } from '../../config/write-whole.js';
import { checkSize, checkWhole, MOST_BYTES } from './calendar-text.js';
import { withEvent, withoutEvent } from './edit-ics.js';
import { findIcsFiles, unreadable, type IcsFile } from './find-ics-files.js';
import type { CalendarObject, CalendarSource, EventToWrite, Fetched, Written } from './source.js';
import { watchPlaces } from './watch-files.js';

const MOST_BYTES_OF_FOLDER = 5 * MOST_BYTES;

/** A `.ics` file, which can be written too, or a folder of them. */
export class IcsFileSource implements CalendarSource {
  readonly id: string;
  readonly #place: string;
  #isFolder = true;
  #watched = '';
  #stopWatching: () => void = () => undefined;
  #onChange: (() => void) | null = null;

  constructor(id: string, place: string) {
    this.id = id;
    this.#place = place;
  }

  get writable(): boolean {
    return !this.#isFolder;
  }

  async fetch(memory: string): Promise<Fetched | null> {
    let found = await findIcsFiles(this.#place);
    // A file may come between the look and the watch: look again.
    while (this.#follow(found.folders)) found = await findIcsFiles(this.#place);
    const { files, isFolder } = found;
    this.#isFolder = isFolder;
    const stamps = files.map(({ real, stamp }) => `${real} ${stamp}`).join('\n');
    const seen = createHash('sha256').update(stamps).digest('hex');
    if (seen === memory) return null;
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    checkSize(total, this.#place, MOST_BYTES_OF_FOLDER);
    const objects: CalendarObject[] = [];
    for (const file of files) objects.push(await readObject(file));
    return { objects, memory: seen };
  }

  async write({ uid, ics, ref, etag }: EventToWrite): Promise<Written> {
    return this.#change(ref, etag, (text) => withEvent(text, uid, ics));
  }

  async remove({ uid, ref, etag }: { uid: string; ref: string; etag: string | null }) {
    await this.#change(ref, etag, (text) => withoutEvent(text, uid));
  }

  watch(onChange: () => void): () => void {
    this.#onChange = onChange;
    this.#watched = '';
    // Also when there is nothing to read yet: it may come.
    this.#follow([]);
    return () => this.#stop();
  }

  close(): Promise<void> {
    this.#stop();
    return Promise.resolve();
  }

  #stop(): void {
    this.#onChange = null;
    this.#stopWatching();
  }

  /** Watches what there is now, as folders come and go; false when it did already. */
  #follow(folders: readonly string[]): boolean {
    if (!this.#onChange) return false;
    const watched = JSON.stringify(folders);
    if (watched === this.#watched) return false;
    this.#watched = watched;
    this.#stopWatching();
    const onChange = () => this.#onChange?.();
    this.#stopWatching = watchPlaces({ folders, files: [this.#place] }, onChange);
    return true;
  }

  async #change(ref: string | null, etag: string | null, edit: (text: string) => string) {
    const { files, isFolder } = await findIcsFiles(this.#place);
    const [file] = files;
    if (isFolder || !file) {
      throw new OptimizerError('forbidden', `${this.#place} is a folder and is only read.`, {
        fix: 'Write to a single .ics file, to CalDAV or to your own schedule.',
      });
    }
    const { ics: before, etag: now } = await readObject(file);
    // A new event changes no other one, so it needs no etag.
    if (ref !== null && now !== etag) throw changedMeanwhile(this.#place);
    const after = edit(before);
    checkWhole(after, this.#place);
    checkSize(Buffer.byteLength(after), this.#place);
    if ((await findIcsFiles(this.#place)).files[0]?.stamp !== file.stamp) {
      throw changedMeanwhile(this.#place);
    }
    const { mode } = await stat(file.real);
    writeWhole(file.real, after, mode & 0o777);
    return { ref: file.real, etag: etagOf(after) };
  }
}

async function readObject(file: IcsFile): Promise<CalendarObject> {
  checkSize(file.bytes, file.path);
  const ics = await readFile(file.real, 'utf8').catch((error: unknown) => {
    throw unreadable(file.path, error);
  });
  checkWhole(ics, file.path);
  return { ics, ref: file.real, etag: etagOf(ics) };
}

function etagOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function changedMeanwhile(place: string): OptimizerError {
  return new OptimizerError('conflict', `${place} has changed since it was read.`, {
    fix: 'Look at it as it is now, and change it again.',
  });
}
