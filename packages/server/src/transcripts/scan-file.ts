import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import {
  initialReaderState,
  parseReaderState,
  readRecord,
  serializeReaderState,
  type Observation,
  type ReaderState,
} from '@claude-optimizer/core/transcript';
import type { Checkpoint } from '@claude-optimizer/store';
import { agentNoteOf } from './agent-note.js';
import { birthOf, type FileTimes } from './birth-of.js';
import { lendChunk } from './json/parse-record.js';
import { parseBytes } from './parse-bytes.js';
import { readLines } from './read-lines.js';
import { sessionOfLines } from './session-of-lines.js';
import type { TranscriptPlace } from './transcript-path.js';

/** Bytes of tail that tell one file from another. */
const TAIL = 64;
/** A batch is given out after so many bytes: memory stays bounded and live lines get their turn. */
const BATCH_BYTES = 512 * 1024;

/** What a file is, before it is read. */
export type TranscriptFile = { id: number; path: string; place: TranscriptPlace };

/** What one line said, and where it stands. */
export type Sighting = { byteOffset: number; observation: Observation };

/** A stretch of a file: what its lines said, and the checkpoint that becomes true with it. */
export type FileBatch = {
  sessionId: string | null;
  sightings: Sighting[];
  malformed: { byteOffset: number; reason: string }[];
  checkpoint: Checkpoint;
};

/**
 * Reads what a file holds beyond its checkpoint (from the start without one, or when other bytes
 * stand where it ended), in batches to be committed in order. Throws what `fs` throws.
 */
export function* scanFile(
  file: TranscriptFile,
  known: Checkpoint | null,
): Generator<FileBatch, void> {
  const fd = openSync(file.path, 'r');
  try {
    const stat = fstatSync(fd);
    const same = known !== null && isContinued(fd, known);
    const start = same ? known : anew(file, known, stat);
    if (start.sessionId === null) return;
    if (same && stat.size === known.offset && stat.mtimeMs === known.modifiedAt) return;
    yield* scanLines(fd, start, { size: stat.size, modifiedAt: stat.mtimeMs });
  } finally {
    closeSync(fd);
  }
}

function isContinued(fd: number, { tail, offset }: Checkpoint): boolean {
  const bytes = Buffer.alloc(tail.length);
  const read = readSync(fd, bytes, 0, tail.length, offset - tail.length);
  return read === tail.length && bytes.equals(tail);
}

function anew(file: TranscriptFile, known: Checkpoint | null, stat: FileTimes): Checkpoint {
  const { role, agentId } = file.place;
  const note = role === 'agent' ? agentNoteOf(file.path) : null;
  const born = birthOf(stat);
  const bornAt = Math.min(born, known?.bornAt ?? born);
  return {
    id: file.id,
    path: file.path,
    sessionId: known?.sessionId ?? file.place.sessionId ?? sessionOfLines(file.path),
    offset: 0,
    tail: Buffer.alloc(0),
    size: 0,
    modifiedAt: 0,
    bornAt,
    reader: serializeReaderState(initialReaderState(role, agentId, Math.floor(bornAt), note)),
    repeats: known !== null && (known.repeats || known.offset > 0),
  };
}

function* scanLines(
  fd: number,
  start: Checkpoint,
  seen: { size: number; modifiedAt: number },
): Generator<FileBatch, void> {
  const { chunk, done } = lendChunk();
  try {
    yield* scanInto(chunk, fd, start, seen);
  } finally {
    done();
  }
}

function* scanInto(
  chunk: Buffer,
  fd: number,
  start: Checkpoint,
  seen: { size: number; modifiedAt: number },
): Generator<FileBatch, void> {
  const state = parseReaderState(start.reader);
  let batch = emptyBatch(start);
  for (const line of readLines(fd, start.offset, parseBytes, { chunk })) {
    const parsed = line.content ?? TOO_LONG;
    // Still being written: it waits for its newline.
    if (!line.closed && parsed.malformed !== null) break;
    if (parsed.malformed !== null) {
      batch.malformed.push({ byteOffset: line.start, reason: parsed.malformed });
    }
    for (const record of parsed.records) sight(batch, state, record, line.start);
    batch.checkpoint.offset = line.end;
    if (line.end - start.offset >= BATCH_BYTES * (batch.sequence + 1)) {
      yield sealed(fd, batch, state, { size: line.end, modifiedAt: 0 });
      batch = {
        ...emptyBatch(batch.checkpoint),
        sequence: Math.floor((line.end - start.offset) / BATCH_BYTES),
      };
    }
  }
  const last = sealed(fd, batch, state, seen);
  // A line that is still being written: nothing to tell yet.
  if (last.checkpoint.offset > start.offset || start.offset === 0) yield last;
}

const TOO_LONG = { records: [], malformed: 'longer than 64 MB' } as const;

function emptyBatch(checkpoint: Checkpoint): FileBatch & { sequence: number } {
  return {
    sessionId: checkpoint.sessionId,
    sightings: [],
    malformed: [],
    checkpoint: { ...checkpoint },
    sequence: 0,
  };
}

function sight(
  batch: FileBatch,
  state: ReaderState,
  record: Parameters<typeof readRecord>[1],
  byteOffset: number,
): void {
  for (const observation of readRecord(state, record, `byte:${String(byteOffset)}`)) {
    batch.sightings.push({ byteOffset, observation });
  }
}

function sealed(
  fd: number,
  { sessionId, sightings, malformed, checkpoint }: FileBatch,
  state: ReaderState,
  seen: { size: number; modifiedAt: number },
): FileBatch {
  const tail = Buffer.alloc(Math.min(TAIL, checkpoint.offset));
  readSync(fd, tail, 0, tail.length, checkpoint.offset - tail.length);
  return {
    sessionId,
    sightings,
    malformed,
    checkpoint: { ...checkpoint, ...seen, tail, reader: serializeReaderState(state) },
  };
}
