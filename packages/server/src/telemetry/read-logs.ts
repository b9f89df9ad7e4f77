import { readHook, type Heard } from '@claude-optimizer/core';
import {
  hookSchema,
  MICRODOLLARS,
  type OtlpLogRecord,
  type OtlpLogs,
} from '@claude-optimizer/protocol';
import type { ClientRequest } from '@claude-optimizer/store';
import type { HeardOf } from '../transcripts/draft.js';

/** What an export of the client's logs says: its requests, and what happened in sessions. */
export type LogsSaid = { requests: ClientRequest[]; heard: HeardOf[] };

type Attributes = ReadonlyMap<string, string>;

/** Reads an export of logs; records that aren't Claude Code's or say nothing are passed over. */
export function readLogs(logs: OtlpLogs): LogsSaid {
  const said: LogsSaid = { requests: [], heard: [] };
  for (const { scopeLogs } of logs.resourceLogs) {
    for (const record of scopeLogs.flatMap(({ logRecords }) => logRecords))
      readRecord(said, record);
  }
  return said;
}

function readRecord(said: LogsSaid, record: OtlpLogRecord): void {
  const attributes = attributesOf(record);
  const sessionId = attributes.get('session.id');
  if (sessionId === undefined || sessionId === '' || sessionId.length > 128) return;
  const at = timeOf(record, attributes);
  switch (record.body?.stringValue ?? `claude_code.${attributes.get('event.name') ?? ''}`) {
    case 'claude_code.api_request': {
      const request = requestOf(sessionId, at, attributes);
      if (request) said.requests.push(request);
      return;
    }
    case 'claude_code.user_prompt':
    case 'claude_code.tool_decision':
    case 'claude_code.tool_result': {
      const heard = heardOf(sessionId, at, attributes);
      if (heard.length > 0) said.heard.push({ sessionId, said: heard, untold: true });
    }
  }
}

// Numbers and booleans come as such or as text, by attribute and by version: all become text.
function attributesOf({ attributes }: OtlpLogRecord): Attributes {
  return new Map(
    attributes.flatMap(({ key, value }) => {
      const [only] = Object.values(value);
      const isPlain = ['string', 'number', 'boolean'].includes(typeof only);
      return isPlain ? [[key, String(only)] as const] : [];
    }),
  );
}

function timeOf({ timeUnixNano }: OtlpLogRecord, attributes: Attributes): number {
  const stamped = Date.parse(attributes.get('event.timestamp') ?? '');
  if (!Number.isNaN(stamped)) return stamped;
  const ms = Math.round(Number(timeUnixNano ?? 0) / 1e6);
  return Number.isSafeInteger(ms) ? ms : 0;
}

function requestOf(sessionId: string, at: number, attributes: Attributes): ClientRequest | null {
  const requestId = attributes.get('request_id');
  const costMicrodollars = costOf(attributes);
  if (requestId === undefined || requestId === '' || costMicrodollars === null) return null;
  const long = countOf(attributes, 'cache_creation_1h_tokens') ?? 0;
  const written = countOf(attributes, 'cache_creation_tokens') ?? long;
  return {
    sessionId,
    requestId,
    model: attributes.get('model') ?? 'unknown',
    at,
    inputTokens: countOf(attributes, 'input_tokens') ?? 0,
    outputTokens: countOf(attributes, 'output_tokens') ?? 0,
    cacheWrite5mTokens: countOf(attributes, 'cache_creation_5m_tokens') ?? written - long,
    cacheWrite1hTokens: long,
    cacheReadTokens: countOf(attributes, 'cache_read_tokens') ?? 0,
    costMicrodollars,
  };
}

function costOf(attributes: Attributes): number | null {
  const micros = countOf(attributes, 'cost_usd_micros');
  if (micros !== null) return micros;
  const dollars = Number(attributes.get('cost_usd') ?? NaN);
  return dollars >= 0 && dollars < 1e6 ? Math.round(dollars * MICRODOLLARS) : null;
}

/** A whole number of at least 0; null when there is none. */
function countOf(attributes: Attributes, key: string): number | null {
  const text = attributes.get(key) ?? '';
  const value = text === '' ? NaN : Number(text);
  return value >= 0 && value <= 1e12 ? Math.round(value) : null;
}

// The same words as a hook's: one reader for both.
function heardOf(sessionId: string, at: number, attributes: Attributes): Heard[] {
  const name = attributes.get('event.name');
  const toolUseId = attributes.get('tool_use_id');
  const took = countOf(attributes, 'duration_ms');
  const hook = hookSchema.parse({
    session_id: sessionId,
    hook_event_name: HOOK_OF[name ?? ''] ?? 'Unknown',
    prompt_id: attributes.get('prompt.id'),
    prompt: attributes.get('prompt') === '<REDACTED>' ? undefined : attributes.get('prompt'),
    tool_name: attributes.get('tool_name'),
    tool_use_id: toolUseId,
    tool_input: jsonOf(attributes.get('tool_input')),
    agent_id: attributes.get('agent_id'),
    ...(took === null ? {} : { duration_ms: took }),
  });
  // Why a call failed or was refused only its transcript says.
  const isUnclear =
    attributes.get('success') === 'false' || attributes.get('decision') === 'reject';
  const said = isUnclear ? [] : readHook(hook, at);
  const answered = name === 'tool_decision' && toolUseId !== undefined;
  return answered ? [...said, { kind: 'answered', at, toolUseId }] : said;
}

const HOOK_OF: Readonly<Record<string, string>> = {
  user_prompt: 'UserPromptSubmit',
  tool_decision: 'PreToolUse',
  tool_result: 'PostToolUse',
};

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    // Long inputs are cut off by the client: then there is none.
    return undefined;
  }
}
