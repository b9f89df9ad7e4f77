import { closeSync, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { ArchiveIndex, ArchiveMember, KeptFile } from '@claude-optimizer/store';
import { isMissing } from '../transcripts/find-transcripts.js';
import { MEMBER_BYTES } from './frame.js';
import type { About } from './frame-file.js';
import { KeptBytes } from './kept-bytes.js';
import { refOf } from './places.js';

/** A line without its newline is kept once the file has stood still for so long. */
const LINE_MS = 10_000;
/** A transcript that hasn't changed for so long is packed for good; what follows goes on behind. */
export const STILL_MS = 10 * 60_000;

/** How keeping a file went: when it is to be looked at again (ms), null when it's done. */
export type Kept = { file: KeptFile | null; again: number | null };

/** Keeps transcripts as they grow. One writer; every step is synchronous and bounded. */
export class TranscriptKeeper {
  readonly #index: ArchiveIndex;
  readonly #now: () => number;
  readonly bytes: KeptBytes;

  constructor(folder: string, index: ArchiveIndex, now: () => number) {
    this.#index = index;
    this.#now = now;
    this.bytes = new KeptBytes(folder, index);
  }

  /**
   * Keeps what a transcript has gained, in steps of at most one member. A file that was replaced,
   * cut or changed begins another generation beside the one that is kept. Throws what `fs` throws.
   */
  *keep(about: About): Generator<void, Kept> {
    const known = this.#index.current(about.path);
    const fd = openAt(about.path);
    if (fd === null) return { file: known && this.#gone(known), again: null };
    try {
      const seen = fstatSync(fd);
      if (known && isUnchanged(known, seen)) return { file: known, again: this.#restOf(known) };
      let file = yield* this.#ownOf(about, known, fd, seen);
      for (let grown = true; grown && file.rawBytes < seen.size;) {
        const raw = this.#next(fd, file.rawBytes, seen);
        grown = raw.length > 0;
        if (grown) file = this.bytes.append(file, raw, this.#isStill(seen));
        yield;
      }
      file = this.#noted(file, seen);
      const isWhole = file.rawBytes >= seen.size;
      return { file, again: isWhole ? this.#restOf(file) : LINE_MS };
    } finally {
      closeSync(fd);
    }
  }

  /** Until a file with small members is packed (ms); packs it when it's time. */
  #restOf(file: KeptFile): number | null {
    if (file.tailBytes === 0) return null;
    const wait = file.sourceModifiedAt + STILL_MS - this.#now();
    if (wait > 0) return wait;
    this.bytes.settle(file);
    return null;
  }

  #gone(file: KeptFile): KeptFile {
    const settled = this.bytes.settle({ ...file, gone: true });
    this.#index.update(settled);
    return settled;
  }

  /** The generation that goes on with what stands in the file. */
  *#ownOf(
    about: About,
    known: KeptFile | null,
    fd: number,
    seen: Stats,
  ): Generator<void, KeptFile> {
    if (known === null) return this.#begin(about, 1, seen);
    if (!known.pruned && (yield* this.#continues(known, fd, seen))) {
      return known.sessionId === about.sessionId ? known : { ...known, ...about };
    }
    if (known.pruned) this.#index.remove(known.id);
    else this.#index.update({ ...this.bytes.settle(known), superseded: true });
    return this.#begin(about, known.generation + 1, seen);
  }

  #begin(about: About, generation: number, seen: Stats): KeptFile {
    const { path, root, sessionId, role, agentId } = about;
    return this.#index.add({
      ...{ path, root, sessionId, role, agentId, generation, ref: refOf(path) },
      ...{ rawBytes: 0, sealedBytes: 0, tailBytes: 0 },
      ...{ sourceSize: -1, sourceModifiedAt: 0, sourceInode: String(seen.ino) },
      changedAt: seen.mtimeMs,
      ...{ gone: false, superseded: false, pruned: false },
    });
  }

  /**
   * Whether the file begins with what is kept of it. One that grew is judged by its last member;
   * another file of that name, or one that changed without growing, by all of them.
   */
  *#continues(file: KeptFile, fd: number, seen: Stats): Generator<void, boolean> {
    if (seen.size < file.rawBytes) return false;
    const grewHere = String(seen.ino) === file.sourceInode && seen.size > file.sourceSize;
    const last = this.#index.lastMember(file.id);
    if (grewHere) return last === null || isSame(fd, last);
    for (const member of this.#index.members(file.id)) {
      if (!isSame(fd, member)) return false;
      yield;
    }
    return true;
  }

  /** What follows in the file: up to a member, to the end of a line unless it has come to rest. */
  #next(fd: number, from: number, seen: Stats): Buffer {
    const raw = readAt(fd, from, Math.min(MEMBER_BYTES, seen.size - from));
    const isLast = from + raw.length >= seen.size;
    if (!isLast || this.#now() - seen.mtimeMs >= LINE_MS) return raw;
    return raw.subarray(0, raw.lastIndexOf(0x0a) + 1);
  }

  #isStill(seen: Stats): boolean {
    return this.#now() - seen.mtimeMs >= STILL_MS;
  }

  #noted(file: KeptFile, seen: Stats): KeptFile {
    const noted = {
      ...file,
      // What wasn't kept yet must be looked at again.
      sourceSize: Math.min(file.rawBytes, seen.size),
      sourceModifiedAt: seen.mtimeMs,
      sourceInode: String(seen.ino),
      changedAt: Math.max(file.changedAt, seen.mtimeMs),
      gone: false,
    };
    this.#index.update(noted);
    return noted;
  }
}

function isUnchanged(file: KeptFile, seen: Stats): boolean {
  return (
    file.sourceSize === seen.size &&
    file.sourceModifiedAt === seen.mtimeMs &&
    file.sourceInode === String(seen.ino) &&
    !file.gone
  );
}

function isSame(fd: number, { rawOffset, rawLength, crc }: ArchiveMember): boolean {
  const raw = readAt(fd, rawOffset, rawLength);
  return raw.length === rawLength && crc32(raw) === crc;
}

/** One for all reading, each of which is done with before the next. */
const buffer = Buffer.alloc(MEMBER_BYTES);

function readAt(fd: number, from: number, length: number): Buffer {
  const raw = buffer.subarray(0, length);
  return raw.subarray(0, readSync(fd, raw, 0, length, from));
}

function openAt(place: string): number | null {
  try {
    return openSync(place, 'r');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Whether a transcript is there. */
export function stands(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isFile() ?? false;
}
