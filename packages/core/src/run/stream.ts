import { limitKinds } from '@claude-optimizer/protocol';
import type { ToldLimits } from '../limits/windows.js';
import type { ClientResult } from './ending.js';

/** Usage of one response as the stream tells it at its end. */
export type StreamUse = {
  messageId: string;
  model: string;
  usage: Record<string, unknown>;
};

/** What one line of the client's stream-json says that we use. */
export type Sight =
  | { type: 'init'; sessionId: string; version: string | null }
  /** Words of the main thread as they are being written. */
  | { type: 'text'; messageId: string; text: string }
  | { type: 'use'; use: StreamUse }
  /** A block of a response, or anything else that shows that it works. */
  | { type: 'output'; messageId: string | null; main: boolean }
  | {
      type: 'ask';
      requestId: string;
      toolName: string;
      toolUseId: string | null;
      agentId: string | null;
      input: Record<string, unknown>;
    }
  | { type: 'retry'; attempt: number; status: number | null; delayMs: number }
  | {
      type: 'limits';
      /** Until when nothing goes (epoch ms, if it was told); null where nothing was refused. */
      refused: { resetsAt: number | null } | null;
      windows: ToldLimits;
    }
  | { type: 'result'; result: ClientResult };

type Fields = Readonly<Record<string, unknown>>;

/** Reads the stream's lines in order; remembers which response is being written. */
export class StreamReader {
  #message: { id: string; model: string; usage: Fields } | null = null;

  /** What the line says; null when it is nothing that we use or no JSON. Never throws. */
  read(line: string): Sight | null {
    const record = parse(line);
    if (record === null) return null;
    switch (record['type']) {
      case 'system':
        return system(record);
      case 'stream_event':
        return this.#event(fields(record['event']), isMain(record));
      case 'assistant':
        return {
          type: 'output',
          messageId: text(fields(record['message'])['id']),
          main: isMain(record),
        };
      case 'control_request':
        return ask(record);
      case 'rate_limit_event':
        return limits(record);
      case 'result':
        return { type: 'result', result: result(record) };
      default:
        return null;
    }
  }

  #event(event: Fields, main: boolean): Sight | null {
    if (!main) return { type: 'output', messageId: null, main };
    switch (event['type']) {
      case 'message_start': {
        const message = fields(event['message']);
        const [id, model] = [text(message['id']), text(message['model'])];
        this.#message =
          id === null || model === null ? null : { id, model, usage: fields(message['usage']) };
        return { type: 'output', messageId: id, main };
      }
      case 'content_block_delta': {
        const piece = text(fields(event['delta'])['text']);
        if (piece === null || this.#message === null) return null;
        return { type: 'text', messageId: this.#message.id, text: piece };
      }
      case 'message_delta': {
        if (this.#message === null) return null;
        const { id, model, usage } = this.#message;
        // The end's figures replace those of the start; what they leave out still holds.
        const use = { messageId: id, model, usage: { ...usage, ...fields(event['usage']) } };
        return { type: 'use', use };
      }
      default:
        return null;
    }
  }
}

/** Whether it is of the main thread and no subagent's. */
function isMain(record: Fields): boolean {
  return typeof record['parent_tool_use_id'] !== 'string';
}

function system(record: Fields): Sight | null {
  if (record['subtype'] === 'init') {
    const sessionId = text(record['session_id']);
    if (sessionId === null) return null;
    return { type: 'init', sessionId, version: text(record['claude_code_version']) };
  }
  if (record['subtype'] !== 'api_retry') return null;
  return {
    type: 'retry',
    attempt: number(record['attempt']) ?? 1,
    status: number(record['error_status']),
    delayMs: number(record['retry_delay_ms']) ?? 0,
  };
}

function ask(record: Fields): Sight | null {
  const request = fields(record['request']);
  const requestId = text(record['request_id']);
  const toolName = text(request['tool_name']);
  if (request['subtype'] !== 'can_use_tool' || requestId === null || toolName === null) return null;
  return {
    type: 'ask',
    requestId,
    toolName,
    toolUseId: text(request['tool_use_id']),
    agentId: text(request['agent_id']),
    input: fields(request['input']),
  };
}

/** After responses to subscribers; resets in seconds, what is used in shares of one. */
function limits(record: Fields): Sight {
  const { status, resetsAt, unifiedWindows } = fields(record['rate_limit_info']);
  const windows: ToldLimits = {};
  for (const kind of limitKinds) {
    const window = fields(fields(unifiedWindows)[kind]);
    const [used, resets] = [number(window['utilization']), number(window['resetsAt'])];
    if (used === null || resets === null) continue;
    windows[kind] = { usedPercentage: Math.round(used * 10_000) / 100, resetsAt: resets * 1_000 };
  }
  const until = number(resetsAt);
  const refused =
    status === 'rejected' ? { resetsAt: until === null ? null : until * 1_000 } : null;
  return { type: 'limits', refused, windows };
}

function result(record: Fields): ClientResult {
  return {
    isError: record['is_error'] === true,
    subtype: text(record['subtype']) ?? '',
    text: text(record['result']) ?? errorsOf(record),
    apiStatus: number(record['api_error_status']),
    costUsd: number(record['total_cost_usd']),
  };
}

function errorsOf({ errors }: Fields): string {
  return Array.isArray(errors) ? errors.filter((one) => typeof one === 'string').join('\n') : '';
}

function parse(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Fields) : null;
  } catch {
    // Cut off by a kill, or words of some library: not ours to judge.
    return null;
  }
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
