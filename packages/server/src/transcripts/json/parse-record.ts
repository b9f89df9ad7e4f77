import type { Fields } from '@claude-optimizer/core/transcript';
import { JsonKernel } from './kernel.js';
import { ShapeReader } from './read-shape.js';
import { KEYS, RECORD } from './shapes.js';

/** What is read of a file at once. */
export const CHUNK_BYTES = 256 * 1024;

/** Of each thread one, made when it is first needed; null where WebAssembly can't do it. */
let reader: { kernel: JsonKernel; shapes: ShapeReader } | null | undefined;
let isLent = false;

function opened(): typeof reader {
  if (reader !== undefined) return reader;
  try {
    const kernel = new JsonKernel(KEYS, CHUNK_BYTES);
    reader = { kernel, shapes: new ShapeReader(kernel) };
  } catch {
    // A machine without the instructions: lines are parsed whole.
    reader = null;
  }
  return reader;
}

/**
 * Lends room to read a file into, of which lines are parsed without being copied. Whoever else
 * asks until it is given back by `done` gets a buffer of its own.
 */
export function lendChunk(): { chunk: Buffer; done: () => void } {
  const kernel = opened()?.kernel;
  if (kernel === undefined || isLent) {
    return { chunk: Buffer.allocUnsafe(CHUNK_BYTES), done: () => undefined };
  }
  isLent = true;
  return { chunk: kernel.chunk, done: () => (isLent = false) };
}

/**
 * What the rules look at in a line of a prompt, a result or an answer; null for any other, and for
 * one that the client doesn't write like that. To be read before the next line is parsed.
 */
export function parseRecord(line: Buffer): Fields | null {
  const kept = opened();
  if (kept === undefined || kept === null) return null;
  const { kernel, shapes } = kept;
  const start = kernel.place(line);
  if (start === -1 || kernel.read(start, start + line.length) === 0) return null;
  const record = shapes.read(RECORD);
  return record['type'] === 'user' || record['type'] === 'assistant' ? record : null;
}
