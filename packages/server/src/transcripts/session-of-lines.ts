import path from 'node:path';
import { openSync, readSync, closeSync } from 'node:fs';

const SAMPLE = 1024 * 1024;

/**
 * The session of a file whose name doesn't say it (archives, old subagents' files): the commonest
 * `sessionId` of its first megabyte, else its name. Null while it holds no whole line.
 */
export function sessionOfLines(file: string): string | null {
  const text = headOf(file);
  if (!text.includes('\n') && !text.trimEnd().endsWith('}')) return null;
  const counts = new Map<string, number>();
  for (const [, id] of text.matchAll(/"sessionId"\s*:\s*"([\w.-]{1,100})"/gu)) {
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const [commonest] = [...counts].sort(([, a], [, b]) => b - a);
  return commonest?.[0] ?? path.basename(file, '.jsonl');
}

function headOf(file: string): string {
  const fd = openSync(file, 'r');
  try {
    const buffer = Buffer.allocUnsafe(SAMPLE);
    // Ids are of ASCII, whatever stands between them: no need to decode it.
    return buffer.toString('latin1', 0, readSync(fd, buffer, 0, SAMPLE, 0));
  } finally {
    closeSync(fd);
  }
}
