import path from 'node:path';
import type { Checkpoint, FileMark } from '@claude-optimizer/store';
import type { FoundFile } from './find-transcripts.js';
import { Ignored } from './ignored.js';
import type { TranscriptFile } from './scan-file.js';
import { transcriptPlace } from './transcript-path.js';

/** What is known of transcript files below the roots: which, whose, how far read, which not to. */
export class KnownFiles {
  readonly ignored = new Ignored();
  readonly #roots: readonly string[];
  readonly #marks = new Map<string, Pick<FileMark, 'size' | 'modifiedAt'>>();
  readonly #ids = new Map<string, number>();
  readonly #sessions = new Set<string>();
  #lastId = 0;

  constructor(roots: readonly string[]) {
    this.#roots = roots;
  }

  /** Takes over how far files were read in an earlier run. */
  restore(marks: readonly FileMark[]): void {
    for (const mark of marks) {
      this.#ids.set(mark.path, mark.id);
      this.#lastId = Math.max(this.#lastId, mark.id);
      this.noteRead(mark);
    }
  }

  /** Remembers how far a file has been read, and whose it is. */
  noteRead(read: Pick<Checkpoint, 'path' | 'size' | 'modifiedAt' | 'sessionId'>): void {
    const { path: file, size, modifiedAt, sessionId } = read;
    this.#marks.set(file, { size, modifiedAt });
    this.noteSession(sessionId);
  }

  /** Something of a session is read or about to be. */
  noteSession(sessionId: string | null): void {
    if (sessionId !== null) this.#sessions.add(sessionId);
  }

  /** Whether something of a session was read, stored or not. */
  hasSession(sessionId: string): boolean {
    return this.#sessions.has(sessionId);
  }

  /** Whether something of a file was read. */
  has(file: string): boolean {
    return this.#marks.has(file);
  }

  /** Whether a file isn't as it was when it was read last, and is wanted. */
  hasChanged(file: FoundFile): boolean {
    if (this.isIgnored(file.path)) return false;
    const known = this.#marks.get(file.path);
    return known?.size !== file.size || known.modifiedAt !== file.modifiedAt;
  }

  /** Whether a file is of a session that the person has deleted here. */
  isIgnored(file: string): boolean {
    return this.ignored.hasFile(file, (each) => this.placeOf(each).sessionId);
  }

  /** The file with its number, which stays the same over restarts once something of it is stored. */
  fileOf(file: string): TranscriptFile {
    const id = this.#ids.get(file) ?? this.#lastId + 1;
    this.#ids.set(file, id);
    this.#lastId = Math.max(this.#lastId, id);
    return { id, path: file, place: this.placeOf(file) };
  }

  placeOf(file: string): TranscriptFile['place'] {
    const root = this.#roots.find((candidate) => file.startsWith(candidate + path.sep)) ?? '';
    return transcriptPlace(file.slice(root.length + 1));
  }

  /** Which part of its session a file is. */
  threadOf(file: string): string {
    const { role, agentId } = this.placeOf(file);
    return role === 'main' ? 'main' : `${role} ${agentId ?? path.basename(file)}`;
  }
}
