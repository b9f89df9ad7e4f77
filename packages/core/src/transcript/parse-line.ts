import { asFields, type Fields } from './fields.js';

/** What a line holds: its records (two when a newline got lost), and why it couldn't be read. */
export type ParsedLine = { records: readonly Fields[]; malformed: string | null };

const NOTHING: ParsedLine = Object.freeze({ records: [], malformed: null });

/**
 * Reads one line of a transcript (without its newline). Never throws. Blank lines and runs of NUL
 * (left by a crash) hold nothing; records glued together without a newline are both read.
 */
export function parseLine(line: string): ParsedLine {
  if (line === '') return NOTHING;
  try {
    return accept([JSON.parse(line) as unknown]);
  } catch (error) {
    const text = line.replace(/^[\uFEFF\0\s]+/u, '').replace(/[\0\s]+$/u, '');
    if (text === '') return NOTHING;
    if (text !== line) return parseLine(text);
    return parseGlued(text) ?? { records: [], malformed: reasonOf(error) };
  }
}

function accept(values: readonly unknown[]): ParsedLine {
  const records = values.map(asFields).filter((fields) => fields !== null);
  return records.length === values.length
    ? { records, malformed: null }
    : { records, malformed: 'not a JSON object' };
}

function parseGlued(text: string): ParsedLine | null {
  let seam = text.indexOf('}{');
  while (seam !== -1) {
    const head = tryParse(text.slice(0, seam + 1));
    if (head !== undefined) {
      const rest = parseLine(text.slice(seam + 1));
      return { records: [...accept([head]).records, ...rest.records], malformed: rest.malformed };
    }
    seam = text.indexOf('}{', seam + 1);
  }
  return null;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not a whole record up to this seam: the caller looks for the next.
    return undefined;
  }
}

// The parser's message quotes the text; a reason that is stored and shown must not.
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/end of (JSON )?(input|data)|Unterminated/iu.test(message)) return 'cut off: JSON ends early';
  const position = /position (\d+)/u.exec(message)?.[1];
  return position === undefined ? 'not JSON' : `not JSON (at character ${position} of the line)`;
}
