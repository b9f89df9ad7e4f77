/** Sessions that the person has deleted here, and their files: not read while they still stand. */
export class Ignored {
  readonly #paths = new Map<string, string>();
  readonly #sessions = new Set<string>();
  /** Files of which something wasn't taken in: they are read on from their checkpoint. */
  readonly #left = new Set<string>();

  add({ sessionId, paths }: { sessionId: string; paths: readonly string[] }): void {
    this.#sessions.add(sessionId);
    for (const path of paths) this.#paths.set(path, sessionId);
  }

  /** Gives the files that are to be read again. */
  remove(sessionId: string): string[] {
    this.#sessions.delete(sessionId);
    const paths = [...this.#paths].filter(([, of]) => of === sessionId).map(([path]) => path);
    for (const path of paths) this.#paths.delete(path);
    return paths;
  }

  hasSession(sessionId: string | null): boolean {
    return sessionId !== null && this.#sessions.has(sessionId);
  }

  /** `ownerOf` tells by the place whose a file is that wasn't known. */
  hasFile(path: string, ownerOf: (path: string) => string | null): boolean {
    if (this.#sessions.size === 0) return false;
    return this.#paths.has(path) || this.hasSession(ownerOf(path));
  }

  /** Whether what was read of a file isn't to be taken in, nor what follows in the same reading. */
  leaves(path: string, sessionId: string | null): boolean {
    if (this.hasSession(sessionId)) {
      this.#left.add(path);
      this.#paths.set(path, sessionId ?? '');
    }
    return this.#left.has(path);
  }

  /** A new reading begins at the file's checkpoint. */
  beginAnew(path: string): void {
    this.#left.delete(path);
  }
}
