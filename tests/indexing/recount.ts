import fs from 'node:fs';
import path from 'node:path';

/** Tokens in the order input, output, cache write 5m, cache write 1h, cache read. */
export type Tokens = [number, number, number, number, number];

/** One response as a second, independent reading of the rules has it. */
export type Response = { model: string; at: number; tokens: Tokens };

type Json = Record<string, unknown>;

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const child = (value: unknown, key: string): Json | undefined => {
  const found = isJson(value) ? value[key] : undefined;
  return isJson(found) ? found : undefined;
};
const count = (value: unknown, key: string): number => {
  const found = isJson(value) ? value[key] : undefined;
  return typeof found === 'number' && Number.isFinite(found) ? found : 0;
};
const text = (value: unknown, key: string): string | undefined => {
  const found = isJson(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : undefined;
};

/**
 * Counts every response under `<claudeDir>/projects` once: by message and request id over the
 * whole tree, the greatest output winning and the later line on a tie. Written apart from the
 * product, simply and slowly, to be compared with it.
 */
export function recount(claudeDir: string): Map<string, Response> {
  const responses = new Map<string, Response>();
  for (const file of transcriptsUnder(path.join(claudeDir, 'projects'))) {
    for (const record of recordsOf(fs.readFileSync(file, 'utf8'))) {
      countRecord(responses, record);
      // Old clients repeat a subagent's messages in its parent's transcript.
      const nested = child(child(record, 'data'), 'message');
      if (record['type'] === 'progress' && nested) {
        countRecord(responses, { timestamp: record['timestamp'], ...nested });
      }
    }
  }
  return responses;
}

function countRecord(responses: Map<string, Response>, record: Json): void {
  const message = child(record, 'message');
  const usage = child(message, 'usage');
  const model = text(message, 'model');
  if (record['type'] !== 'assistant' || !usage || !model || model === '<synthetic>') return;
  const at = Date.parse(text(record, 'timestamp') ?? '');
  const id = `${text(message, 'id') ?? text(record, 'uuid') ?? ''} ${text(record, 'requestId') ?? ''}`;
  keep(responses, id, { model, at, tokens: tokensOf(usage) });
  const iterations: unknown[] = Array.isArray(usage['iterations']) ? usage['iterations'] : [];
  const advice = iterations.filter((part) => text(part, 'type') === 'advisor_message');
  for (const [index, part] of advice.entries()) {
    if (!isJson(part)) continue;
    const advisor = text(part, 'model') ?? text(record, 'advisorModel') ?? model;
    keep(responses, `${id} advisor ${index}`, { model: advisor, at, tokens: tokensOf(part) });
  }
}

function keep(responses: Map<string, Response>, id: string, found: Response): void {
  const known = responses.get(id);
  const winner = !known || found.tokens[1] >= known.tokens[1] ? found : known;
  // Its time is when it was first told: copies may be dated anew.
  responses.set(id, { ...winner, at: Math.min(found.at, known?.at ?? found.at) });
}

/** The split of cache writes may be absent (older clients) or be of the last iteration only. */
function tokensOf(usage: Json): Tokens {
  const split = child(usage, 'cache_creation');
  const hasTotal = 'cache_creation_input_tokens' in usage;
  const written = hasTotal
    ? count(usage, 'cache_creation_input_tokens')
    : count(split, 'ephemeral_5m_input_tokens') + count(split, 'ephemeral_1h_input_tokens');
  let hour = count(split, 'ephemeral_1h_input_tokens');
  if (hour + count(split, 'ephemeral_5m_input_tokens') !== written) {
    const parts: unknown[] = Array.isArray(usage['iterations']) ? usage['iterations'] : [];
    const own = parts.filter((part) => text(part, 'type') === 'message');
    const sum = (key: string) =>
      own.reduce<number>((total, part) => total + count(child(part, 'cache_creation'), key), 0);
    const [five, one] = [sum('ephemeral_5m_input_tokens'), sum('ephemeral_1h_input_tokens')];
    if (five + one === written) hour = one;
  }
  hour = Math.min(hour, written);
  return [
    count(usage, 'input_tokens'),
    count(usage, 'output_tokens'),
    written - hour,
    hour,
    count(usage, 'cache_read_input_tokens'),
  ];
}

function transcriptsUnder(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function recordsOf(content: string): Json[] {
  return content.split('\n').flatMap((line) => {
    const pieces = parse(line) ?? line.split(/(?<=\})(?=\{")/u).map((_, i, all) => glued(all, i));
    return (Array.isArray(pieces) ? pieces : [pieces]).filter(isJson);
  });
}

/** The longest record that begins with piece `from`; a `}{` may also stand inside of a text. */
function glued(pieces: string[], from: number): unknown {
  for (let to = pieces.length; to > from; to -= 1) {
    const found = parse(pieces.slice(from, to).join(''));
    if (found !== undefined) return found;
  }
  return undefined;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line.replace(/^[\uFEFF\0\s]+|[\0\s]+$/gu, '')) as unknown;
  } catch {
    // Not JSON: nothing to count in it.
    return undefined;
  }
}

/** Sums by UTC day and model. */
export function byDayAndModel(responses: Iterable<Response>): Record<string, Tokens> {
  const sums: Record<string, Tokens> = {};
  for (const { model, at, tokens } of responses) {
    const key = `${new Date(at).toISOString().slice(0, 10)}|${model}`;
    const sum = (sums[key] ??= [0, 0, 0, 0, 0]);
    for (const [kind, amount] of tokens.entries()) sum[kind] = (sum[kind] ?? 0) + amount;
  }
  return Object.fromEntries(Object.entries(sums).sort());
}
