import fs from 'node:fs';
import path from 'node:path';
import { recordsOf, text, type Json } from './records.js';
import { responsesOf, type Told } from './responses.js';

/** One response as counted: what it used, when its first line was written, and whose it is. */
export type Counted = Told & { sessionId: string; bornAt: number };

/**
 * Counts every response of the transcripts under `<claudeDir>/projects` once, by the rules of
 * docs/truth.md: the greatest output of its lines in all files, the time of its first line, the
 * session of the file that was made first. Written apart from the product, simply and slowly.
 */
export function countTree(claudeDir: string): Counted[] {
  const responses = new Map<string, Counted>();
  const root = path.join(claudeDir, 'projects');
  for (const file of transcriptsUnder(root)) {
    const bornAt = birthOf(fs.statSync(file));
    const records = recordsOf(fs.readFileSync(file, 'utf8'));
    const sessionId = sessionOf(path.relative(root, file), records);
    // A record without a time is of the time of the one before it.
    let at = Math.floor(bornAt);
    for (const [index, record] of records.entries()) {
      const time = Date.parse(text(record, 'timestamp') ?? '');
      if (!Number.isNaN(time)) at = time;
      for (const told of responsesOf(record, at, `${file} ${String(index)}`)) {
        keep(responses, { ...told, sessionId, bornAt });
      }
    }
  }
  return [...responses.values()];
}

function keep(responses: Map<string, Counted>, seen: Counted): void {
  const known = responses.get(seen.key);
  if (!known) {
    responses.set(seen.key, seen);
    return;
  }
  const [output, all] = [seen.tokens[1] - known.tokens[1], sum(seen.tokens) - sum(known.tokens)];
  const winner = output > 0 || (output === 0 && all > 0) ? seen : known;
  const isOlder =
    seen.bornAt < known.bornAt ||
    (seen.bornAt === known.bornAt && seen.sessionId < known.sessionId);
  const { sessionId, bornAt } = isOlder ? seen : known;
  responses.set(seen.key, { ...winner, sessionId, bornAt, at: Math.min(known.at, seen.at) });
}

const sum = (tokens: readonly number[]) => tokens.reduce((total, count) => total + count, 0);

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** The file's name; of a subagent's the folder it lies in; else what most of its lines say. */
function sessionOf(place: string, records: readonly Json[]): string {
  const parts = place.split(path.sep);
  const folder = parts.lastIndexOf('subagents');
  if (folder > 0) return parts[folder - 1] ?? '';
  const name = path.basename(place, '.jsonl');
  if (UUID.test(name)) return name;
  const counts = new Map<string, number>();
  for (const record of records) {
    const id = text(record, 'sessionId');
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const [commonest] = [...counts].sort(([, a], [, b]) => b - a);
  return commonest?.[0] ?? name;
}

/** Made or, in a copied tree, last changed; the lower file number within one tick of the clock. */
function birthOf({ birthtimeMs, mtimeMs, ino }: fs.Stats): number {
  const at = birthtimeMs > 0 ? Math.min(birthtimeMs, mtimeMs) : mtimeMs;
  return Math.floor(at) + (ino % 4_096) / 4_096;
}

function transcriptsUnder(root: string): string[] {
  return fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/](?:tool-results|memory)[\\/]/u.test(file.slice(root.length)));
}
