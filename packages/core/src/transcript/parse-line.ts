import { asFields, type Fields } from './fields.js';

/** What a line holds: its records (two when a newline got lost), and why it couldn't be read. */
export type ParsedLine = { records: readonly Fields[]; malformed: string | null };

const NOTHING: ParsedLine = Object.freeze({ records: [], malformed: null });

/**
 * Reads one line of a transcript (without its newline). Never throws. Blank lines and runs of NUL
 * (left by a crash) hold nothing; records glued together without a newline are all read.
 */
export function parseLine(line: string): ParsedLine {
  if (line === '') return NOTHING;
  try {
    const record = asFields(JSON.parse(line) as unknown);
    return record === null
      ? { records: [], malformed: 'not a JSON object' }
      : { records: [record], malformed: null };
  } catch {
    // Records glued together, surrounded by something, or no records at all.
    return parseGlued(line);
  }
}

// What stands between records: left by a crash, an editor or another system's newline.
const GAP = /[\uFEFF\0\s]*/uy;

// Records one after another up to what can't be read; in one pass, however many there are.
function parseGlued(line: string): ParsedLine {
  const records: Fields[] = [];
  let from = afterGap(line, 0);
  while (from < line.length) {
    if (line[from] !== '{') return { records, malformed: notJson(from) };
    const end = objectEnd(line, from);
    if (end === null) return { records, malformed: 'cut off: JSON ends early' };
    try {
      records.push(JSON.parse(line.slice(from, end)) as Fields);
    } catch (error) {
      return { records, malformed: notJson(from + positionIn(error)) };
    }
    from = afterGap(line, end);
  }
  return { records, malformed: null };
}

function afterGap(line: string, from: number): number {
  GAP.lastIndex = from;
  GAP.test(line);
  return GAP.lastIndex;
}

// Where the object that begins at `from` ends, by its braces outside of strings; null if it doesn't.
function objectEnd(line: string, from: number): number | null {
  let depth = 0;
  let quoted = false;
  for (let i = from; i < line.length; i += 1) {
    const char = line[i];
    if (quoted && char === '\\') i += 1;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return null;
}

// The parser's message quotes the text; a reason that is stored and shown must not.
function positionIn(error: unknown): number {
  const message = error instanceof Error ? error.message : '';
  return Number(/position (\d+)/u.exec(message)?.[1] ?? 0);
}

function notJson(position: number): string {
  return `not JSON (at character ${String(position)} of the line)`;
}
