import { parseLine, type Fields, type ParsedLine } from '@claude-optimizer/core/transcript';

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
/** Below it cutting costs as much as it spares. */
const LONG_LINE = 4_096;
/** Bytes kept of a long text: more than 600 characters, and no rule looks at more of a result. */
const KEEP = 2_048;
/** Fields of a tool's result that hold what was read, printed or edited. */
const TEXTS = new Set(
  'content text stdout stderr originalFile oldString newString data base64'.split(' '),
);
const RESULT = Buffer.from('"type":"tool_result"');
const AGENT_ID = Buffer.from('agentId: ');
const ESCAPED = new Set(Buffer.from('"\\/bfnrt'));

/**
 * Reads one line of a transcript from its bytes, as `parseLine` does. Three quarters of an archive
 * are results of tools, of which only the beginning matters: their long texts are cut before they
 * are decoded and parsed. Any other line, and any other shape of a result, is parsed whole.
 */
export function parseBytes(bytes: Buffer): ParsedLine {
  if (bytes.length > LONG_LINE && bytes.includes(RESULT)) {
    const short = cutTexts(bytes);
    const parsed = short === null ? null : parseLine(short);
    if (parsed?.malformed === null && saysTheSame(parsed.records, bytes)) return parsed;
  }
  return parseLine(bytes.toString('utf8'));
}

/** The line without the rest of its long texts; null when nothing can be cut or it isn't JSON. */
function cutTexts(bytes: Buffer): string | null {
  let kept = '';
  let from = 0;
  let key = { start: 0, end: 0 };
  for (let at = nextQuote(bytes, 0); at !== -1;) {
    const start = at + 1;
    const cut = withoutSplitting(bytes, stringEnd(bytes, start, start + KEEP));
    const end = stringEnd(bytes, cut, Infinity);
    if (end === -1) return null;
    if (end > cut && isText(bytes, key, start) && !hasLongEscape(bytes, start, cut)) {
      kept += bytes.toString('utf8', from, cut);
      from = end;
    }
    key = { start, end };
    at = nextQuote(bytes, end + 1);
  }
  return from === 0 ? null : kept + bytes.toString('utf8', from);
}

function nextQuote(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at += 1) if (bytes[at] === QUOTE) return at;
  return -1;
}

// The closing quote, or the first byte from `limit` on; -1 where JSON would fail.
function stringEnd(bytes: Buffer, from: number, limit: number): number {
  if (from === -1) return -1;
  for (let at = from; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE || at >= limit) return at;
    if (byte < 0x20) return -1;
    at += byte === BACKSLASH ? escapeLength(bytes, at + 1) : 1;
  }
  return -1;
}

// Infinity for what is none, so that the end is passed.
function escapeLength(bytes: Buffer, at: number): number {
  if (ESCAPED.has(bytes[at] ?? 0)) return 2;
  const isCode =
    bytes[at] === LETTER_U && /^[\da-f]{4}$/iu.test(bytes.toString('latin1', at + 1, at + 5));
  return isCode ? 6 : Infinity;
}

// Not within a character of several bytes.
function withoutSplitting(bytes: Buffer, cut: number): number {
  let at = cut;
  while (at !== -1 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at += 1;
  return at;
}

function isText(bytes: Buffer, key: { start: number; end: number }, start: number): boolean {
  const isKey = bytes[start - 2] === COLON && start - 3 === key.end;
  return isKey && TEXTS.has(bytes.toString('latin1', key.start, key.end));
}

// Six bytes for one character: what is kept would be too short.
function hasLongEscape(bytes: Buffer, start: number, end: number): boolean {
  return bytes.subarray(start, end).includes('\\u');
}

/**
 * Whether the rules see in the cut record what they'd see in the whole: in a result, unless a file
 * was made (its lines are counted) or only the text names the subagent.
 */
function saysTheSame([record, ...others]: readonly Fields[], bytes: Buffer): boolean {
  if (record?.['type'] !== 'user' || others.length > 0) return false;
  const content = (record['message'] as Fields | null | undefined)?.['content'];
  if (!Array.isArray(content)) return false;
  const results = (content as readonly (Fields | null | undefined)[]).filter(
    (block) => block?.['type'] === 'tool_result',
  ).length;
  if (results === 0) return false;
  const twin = record['toolUseResult'] as Fields | null | undefined;
  const isObject = typeof twin === 'object' && twin !== null && !Array.isArray(twin);
  return isObject && results === 1 ? twin['type'] !== 'create' : !bytes.includes(AGENT_ID);
}
