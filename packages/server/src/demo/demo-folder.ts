import { appendFile, mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Write } from './writing.js';

type FileWrite = Exclude<Write, { kind: 'budget' }>;

/** A configuration folder like the client's, with the transcripts of the demo. */
export class DemoFolder {
  readonly #root: string;
  readonly #made = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Writes in order; lines for the same file that follow one another go in one flush. */
  async write(writes: readonly FileWrite[]): Promise<void> {
    for (const { path, text, whole } of flushes(writes)) {
      const file = join(this.#root, path);
      await this.#makeFolder(dirname(file));
      if (whole) await writeFile(file, text);
      else await appendFile(file, text, { mode: 0o600 });
    }
  }

  /** Lets a file look as if last written at `at` (epoch ms). */
  async date(path: string, at: number): Promise<void> {
    await utimes(join(this.#root, path), new Date(at), new Date(at));
  }

  async #makeFolder(folder: string): Promise<void> {
    if (this.#made.has(folder)) return;
    await mkdir(folder, { recursive: true });
    this.#made.add(folder);
  }
}

type Flush = { path: string; text: string; whole: boolean };

function flushes(writes: readonly FileWrite[]): Flush[] {
  const result: Flush[] = [];
  for (const write of writes) {
    if (write.kind === 'replace') {
      result.push({ path: write.path, text: JSON.stringify(write.content), whole: true });
      continue;
    }
    const text = write.lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const before = result.at(-1);
    if (before && before.path === write.path && !before.whole) before.text += text;
    else result.push({ path: write.path, text, whole: false });
  }
  return result;
}
