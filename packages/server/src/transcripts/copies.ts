import type { Checkpoint, FileMark } from '@claude-optimizer/store';

/** Which sessions stand in several copies, each of which may be ahead of the others. */
export class Copies {
  readonly #threadOf: (path: string) => string;
  /** First file of each thread of a session: another one with the same name repeats it. */
  readonly #firstFiles = new Map<string, Map<string, number>>();
  /** Files of sessions that were read earlier; which thread each is only matters once it speaks. */
  readonly #earlier = new Map<string, FileMark[]>();
  readonly #copied = new Set<string>();

  /** `threadOf` names the part of its session that a file's path stands for. */
  constructor(files: readonly FileMark[], threadOf: (path: string) => string) {
    this.#threadOf = threadOf;
    for (const file of files) {
      if (file.sessionId === null) continue;
      const known = this.#earlier.get(file.sessionId);
      if (file.repeats) this.#copied.add(file.sessionId);
      else if (known) known.push(file);
      else this.#earlier.set(file.sessionId, [file]);
    }
  }

  has(sessionId: string): boolean {
    return this.#copied.has(sessionId);
  }

  /** Marks what is read of a file as a repetition where another file is the first of its thread. */
  mark(checkpoint: Checkpoint): void {
    if (checkpoint.sessionId === null) return;
    const threads = this.#threadsOf(checkpoint.sessionId);
    const thread = this.#threadOf(checkpoint.path);
    const first = threads.get(thread) ?? checkpoint.id;
    threads.set(thread, first);
    if (first !== checkpoint.id) checkpoint.repeats = true;
    if (checkpoint.repeats) this.#copied.add(checkpoint.sessionId);
  }

  #threadsOf(sessionId: string): Map<string, number> {
    const known = this.#firstFiles.get(sessionId);
    if (known) return known;
    const earlier = this.#earlier.get(sessionId) ?? [];
    const threads = new Map(earlier.map(({ path, id }) => [this.#threadOf(path), id]));
    this.#firstFiles.set(sessionId, threads);
    this.#earlier.delete(sessionId);
    return threads;
  }
}
