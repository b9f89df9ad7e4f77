import { parentPort } from 'node:worker_threads';
import type { Checkpoint } from '@claude-optimizer/store';
import { scanFile, type FileBatch, type TranscriptFile } from './scan-file.js';

/** To the worker: read a file, or go on after a batch was taken in. */
export type ScanRequest =
  { type: 'scan'; file: TranscriptFile; checkpoint: Checkpoint | null } | { type: 'taken' };

/** From the worker: a stretch of the file, or its end. */
export type ScanAnswer =
  { type: 'batch'; batch: FileBatch } | { type: 'done'; path: string; error: string | null };

/** Batches on their way at most: memory stays bounded when the writer is slower than the reader. */
const MAX_UNDERWAY = 16;

if (parentPort) serve(parentPort);

function serve(port: NonNullable<typeof parentPort>): void {
  const queue: Extract<ScanRequest, { type: 'scan' }>[] = [];
  let current: Generator<FileBatch, void> | null = null;
  let path = '';
  let underway = 0;

  port.on('message', (request: ScanRequest) => {
    if (request.type === 'taken') underway -= 1;
    else queue.push(request);
    advance();
  });

  function advance(): void {
    while (underway < MAX_UNDERWAY) {
      const next = current ? null : queue.shift();
      if (next) {
        path = next.file.path;
        current = scanFile(next.file, revive(next.checkpoint));
      }
      if (!current) return;
      step(current);
    }
  }

  function step(batches: Generator<FileBatch, void>): void {
    try {
      const next = batches.next();
      if (!next.done) {
        underway += 1;
        answer({ type: 'batch', batch: next.value });
        return;
      }
      answer({ type: 'done', path, error: null });
    } catch (error) {
      answer({ type: 'done', path, error: String(error) });
    }
    current = null;
  }

  function answer(message: ScanAnswer): void {
    port.postMessage(message);
  }
}

/** A checkpoint that came through a message: its bytes are a Buffer again. */
export function revive<C extends Checkpoint | null>(checkpoint: C): C {
  return checkpoint === null ? checkpoint : { ...checkpoint, tail: Buffer.from(checkpoint.tail) };
}
