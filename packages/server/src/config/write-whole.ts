import fs from 'node:fs';
import path from 'node:path';

/** Writes a file in one step, for its owner alone: a reader sees the old or the new one, whole. */
export function writeWhole(file: string, content: string | Buffer, mode = 0o600): void {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.${String(process.pid)}.new`;
  // What a crash has left may have other rights, or lead elsewhere.
  fs.rmSync(next, { force: true });
  fs.writeFileSync(next, content, { mode, flush: true, flag: 'wx' });
  fs.renameSync(next, file);
}
