import fs from 'node:fs';
import path from 'node:path';

/** Writes a file in one step, for its owner alone: a reader sees the old or the new one, whole. */
export function writeWhole(file: string, content: string | Buffer): void {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.${String(process.pid)}.new`;
  fs.writeFileSync(next, content, { mode: 0o600, flush: true });
  fs.renameSync(next, file);
}
