import { parseLine, type ParsedLine } from '@claude-optimizer/core/transcript';
import { parseRecord } from './json/parse-record.js';

/**
 * Reads one line of a transcript from its bytes, as `parseLine` does: of a prompt, a result or an
 * answer only what the rules look at, until the next line is read. Any other line, and one of any
 * other shape than the client's, is parsed whole.
 */
export function parseBytes(bytes: Buffer): ParsedLine {
  const record = parseRecord(bytes);
  if (record !== null) return { records: [record], malformed: null };
  return parseLine(bytes.toString('utf8'));
}
