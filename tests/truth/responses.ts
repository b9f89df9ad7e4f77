import { child, children, count, text, type Json } from './records.js';

/** Tokens in the order input, output, cache write 5m, cache write 1h, cache read. */
export type Tokens = readonly [number, number, number, number, number];

/** What one line tells of one response; `at` in epoch ms. */
export type Told = {
  key: string;
  model: string;
  at: number;
  tokens: Tokens;
  webSearches: number;
  fast: boolean;
};

/** What a record tells of responses: its own, those of its advisor, or a subagent's repeated. */
export function responsesOf(record: Json, at: number, place: string): Told[] {
  const uuid = text(record, 'uuid') ?? place;
  if (record['type'] === 'assistant') return ofMessage(record, at, uuid);
  const data = child(record, 'data');
  if (record['type'] !== 'progress' || data?.['type'] !== 'agent_progress') return [];
  const nested = child(data, 'message');
  if (!nested) return [];
  const time = Date.parse(text(nested, 'timestamp') ?? '');
  return ofMessage(nested, Number.isNaN(time) ? at : time, uuid);
}

function ofMessage(record: Json, at: number, uuid: string): Told[] {
  const message = child(record, 'message');
  const usage = child(message, 'usage');
  const model = text(message, 'model');
  if (!usage || model === undefined || model === '<synthetic>') return [];
  const id = text(message, 'id') ?? uuid;
  const requestId = text(record, 'requestId') ?? '';
  const fast = usage['speed'] === 'fast';
  const webSearches = count(child(usage, 'server_tool_use'), 'web_search_requests');
  const own = { key: `${id}|${requestId}`, model, at, tokens: tokensOf(usage), webSearches, fast };
  const advice = ofType(usage, 'advisor_message').map((call, index) => ({
    ...own,
    key: `${id}|${requestId}|advisor ${String(index)}`,
    model: text(call, 'model') ?? text(record, 'advisorModel') ?? model,
    tokens: tokensOf(call),
    webSearches: 0,
  }));
  return [own, ...advice];
}

function ofType(usage: Json, type: string): Json[] {
  return children(usage, 'iterations').filter((one) => one['type'] === type);
}

function tokensOf(usage: Json): Tokens {
  const written = writes(usage);
  return [
    count(usage, 'input_tokens'),
    count(usage, 'output_tokens'),
    written.total - written.hour,
    written.hour,
    count(usage, 'cache_read_input_tokens'),
  ];
}

/** The split by lifetime may be absent (all 5m) or be of the last iteration only (rest: 5m). */
function writes(usage: Json): { total: number; hour: number } {
  const [five, hour] = split([usage]);
  if (!('cache_creation_input_tokens' in usage)) return { total: five + hour, hour };
  const total = count(usage, 'cache_creation_input_tokens');
  if (five + hour === total) return { total, hour };
  const [fiveInAll, hourInAll] = split(ofType(usage, 'message'));
  const isWhole = fiveInAll + hourInAll === total;
  return { total, hour: Math.min(isWhole ? hourInAll : hour, total) };
}

function split(parts: readonly Json[]): [number, number] {
  const total = (key: string) =>
    parts.reduce((sum, part) => sum + count(child(part, 'cache_creation'), key), 0);
  return [total('ephemeral_5m_input_tokens'), total('ephemeral_1h_input_tokens')];
}
