import fs, { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { isMissing } from '../transcripts/find-transcripts.js';

/** How files of Claude Code's own are read; null for one that isn't there. */
export interface OwnFiles {
  size(path: string): Promise<number | null> | number | null;
  /** Bytes [from, to), shorter at the file's end; put into `room` where that is large enough. */
  read(
    path: string,
    from: number,
    to: number,
    room?: Buffer,
  ): Promise<Buffer | null> | Buffer | null;
}

// Numbers instead of handles: a search reads a hundred records, and a handle takes as long as one.
const open = promisify(fs.open);
const read = promisify(fs.read);
const close = promisify(fs.close);
const fstat = promisify(fs.fstat);
/** So much is asked for without a look at how much there is. */
const UNASKED = 1024 * 1024;

/** While others go on. */
export const besideOthers: OwnFiles = {
  size: (path) =>
    orNull(async () => {
      const found = await stat(path);
      return found.isFile() ? found.size : null;
    }),
  read: (path, from, to, room) =>
    orNull(async () => {
      const file = await open(path, 'r');
      try {
        const size = to - from <= UNASKED ? to : (await fstat(file)).size;
        const bytes = fits(room, from, to) ?? bufferFor(size, from, to);
        const { bytesRead } = await read(file, bytes, 0, bytes.length, from);
        return bytes.subarray(0, bytesRead);
      } finally {
        await close(file);
      }
    }),
};

/** At once: for a thread of its own, where waiting for another takes longer than reading. */
export const atOnce: OwnFiles = {
  size: (path) =>
    orNullHere(() => {
      const found = statSync(path);
      return found.isFile() ? found.size : null;
    }),
  read: (path, from, to, room) =>
    orNullHere(() => {
      const file = openSync(path, 'r');
      try {
        const bytes = fits(room, from, to) ?? bufferFor(fstatSync(file).size, from, to);
        return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
      } finally {
        closeSync(file);
      }
    }),
};

function fits(room: Buffer | undefined, from: number, to: number): Buffer | null {
  return room !== undefined && room.length >= to - from ? room.subarray(0, to - from) : null;
}

function bufferFor(size: number, from: number, to: number): Buffer {
  return Buffer.allocUnsafe(Math.max(Math.min(to, size) - from, 0));
}

async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function orNullHere<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
