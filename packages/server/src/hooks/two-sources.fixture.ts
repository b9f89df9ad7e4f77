import { readHook } from '@claude-optimizer/core';
import { hookSchema, type SessionEvent, type SessionState } from '@claude-optimizer/protocol';
import { openSqliteStore, type Store } from '@claude-optimizer/store';
import {
  initialReaderState,
  parseLine,
  readRecord,
  serializeReaderState,
} from '@claude-optimizer/core';
import { Recorder } from '../transcripts/recorder.js';
import type { FileBatch } from '../transcripts/scan-file.js';

export const SESSION = '0b0b0b0b-1111-4222-8333-444444444444';
const START = Date.parse('2026-05-04T10:00:00.000Z');

/** Something that happens in a session: what its transcript and what a hook say of it, and when. */
export type Moment = { at: number; line?: Record<string, unknown>; hook?: Record<string, unknown> };

/** A session told by a transcript, by hooks, or by both in any order, through the one recorder. */
export class TwoSources {
  readonly events: SessionEvent[] = [];
  #reader = initialReaderState('main', null, START);
  #offset = 0;
  #checkpoint: FileBatch['checkpoint'] | null = null;

  private constructor(
    readonly store: Store,
    private recorder: Recorder,
  ) {}

  static async open(): Promise<TwoSources> {
    const store = await openSqliteStore(':memory:');
    return new TwoSources(store, await Recorder.open(store, Date.now, [], () => 'main'));
  }

  /** Another recorder that knows only what is stored. */
  async restart(): Promise<void> {
    const checkpoints = this.#checkpoint ? [this.#checkpoint] : [];
    this.recorder = await Recorder.open(this.store, Date.now, checkpoints, () => 'main');
  }

  async line(record: Record<string, unknown>): Promise<void> {
    const start = this.#offset;
    this.#offset += 1_000;
    const observations = parseLine(JSON.stringify(record)).records.flatMap((one) =>
      readRecord(this.#reader, one, `byte:${String(start)}`),
    );
    this.#checkpoint = {
      id: 1,
      path: `/projects/p/${SESSION}.jsonl`,
      sessionId: SESSION,
      offset: this.#offset,
      tail: Buffer.alloc(0),
      size: this.#offset,
      modifiedAt: 0,
      bornAt: START,
      reader: serializeReaderState(this.#reader),
      repeats: false,
    };
    const sightings = observations.map((observation) => ({ byteOffset: start, observation }));
    const batch = { sessionId: SESSION, sightings, malformed: [], checkpoint: this.#checkpoint };
    this.events.push(...(await this.recorder.record([batch])));
  }

  async hook(at: number, body: Record<string, unknown>): Promise<void> {
    const hook = hookSchema.parse({ session_id: SESSION, cwd: '/work/shop', ...body });
    const said = readHook(hook, at);
    this.events.push(...(await this.recorder.hear([{ sessionId: SESSION, said }])));
  }

  async state(): Promise<SessionState> {
    const found = (await this.store.sessions([SESSION])).get(SESSION);
    if (!found) throw new Error('the session is unknown');
    return found.state;
  }
}

/** Writes a session as a client does: each step with the line and the hook that tell it. */
export class Script {
  readonly moments: Moment[] = [];
  #now = START;
  #serial = 0;
  #prompt = 'prompt-0';

  prompt(text: string): this {
    this.#prompt = `prompt-${String((this.#serial += 1))}`;
    const message = { role: 'user', content: text };
    this.#say(
      { type: 'user', promptId: this.#prompt, message, permissionMode: 'default' },
      { hook_event_name: 'UserPromptSubmit', prompt: text },
    );
    return this;
  }

  /** A tool with its result; `error` makes it fail, `denied` leaves only the transcript to say so. */
  tool(
    name: string,
    input: Record<string, unknown>,
    twin: Record<string, unknown> = {},
    end: 'ok' | 'error' | 'denied' = 'ok',
  ): this {
    const id = `toolu_${String((this.#serial += 1))}`;
    const call = { tool_name: name, tool_input: input, tool_use_id: id };
    const use = { type: 'tool_use', id, name, input };
    this.#say(this.#assistant([use], 'tool_use'), { hook_event_name: 'PreToolUse', ...call });
    const said = { ok: 'done', error: 'Exit code 1', denied: REFUSAL }[end];
    const result = { type: 'tool_result', tool_use_id: id, content: said, is_error: end !== 'ok' };
    const line = {
      type: 'user',
      promptId: this.#prompt,
      message: { role: 'user', content: [result] },
      toolUseResult: end === 'ok' ? twin : said,
    };
    const hooks = {
      ok: { hook_event_name: 'PostToolUse', ...call, tool_response: twin, duration_ms: 7 },
      error: { hook_event_name: 'PostToolUseFailure', ...call, error: said, duration_ms: 7 },
      denied: undefined,
    };
    this.#say(line, hooks[end]);
    return this;
  }

  create(taskId: string, subject: string): this {
    const hook = { hook_event_name: 'TaskCreated', task_id: taskId, task_subject: subject };
    this.#say(undefined, hook);
    return this.tool('TaskCreate', { subject }, { task: { id: taskId, subject } });
  }

  update(taskId: string, subject: string, to: string): this {
    if (to === 'completed') {
      const hook = { hook_event_name: 'TaskCompleted', task_id: taskId, task_subject: subject };
      this.#say(undefined, hook);
    }
    const twin = { success: true, taskId, updatedFields: ['status'], statusChange: { to } };
    return this.tool('TaskUpdate', { taskId, status: to }, twin);
  }

  todos(...entries: [content: string, status: string][]): this {
    const newTodos = entries.map(([content, status]) => ({ content, status }));
    return this.tool('TodoWrite', { todos: newTodos }, { oldTodos: [], newTodos });
  }

  agent(prompt: string): this {
    const agentId = `agent${String((this.#serial += 1))}`;
    const input = { description: prompt, prompt, subagent_type: 'general-purpose' };
    return this.tool('Agent', input, {
      status: 'completed',
      agentId,
      agentType: 'general-purpose',
    });
  }

  answer(text: string): this {
    this.#say(this.#assistant([{ type: 'text', text }], 'end_turn'), undefined);
    this.#say(undefined, { hook_event_name: 'Stop', last_assistant_message: text });
    return this;
  }

  end(): this {
    this.#say(undefined, { hook_event_name: 'SessionEnd', reason: 'other' });
    this.#say({ type: 'cost-state', totalCostUSD: 0.01, modelUsage: {} }, undefined);
    return this;
  }

  #assistant(content: unknown[], stop_reason: string): Record<string, unknown> {
    const id = `msg_${String((this.#serial += 1))}`;
    const usage = { input_tokens: 3, output_tokens: 20 };
    const message = {
      id,
      role: 'assistant',
      model: 'claude-sonnet-5-5',
      content,
      stop_reason,
      usage,
    };
    return { type: 'assistant', requestId: `req_${id}`, message };
  }

  #say(line?: Record<string, unknown>, hook?: Record<string, unknown>): void {
    this.#now += 1_000;
    const timestamp = new Date(this.#now).toISOString();
    const uuid = `uuid-${String((this.#serial += 1))}`;
    const named = { uuid, timestamp, sessionId: SESSION, cwd: '/work/shop', version: '2.1.330' };
    const isSum = line?.['type'] === 'cost-state';
    this.moments.push({
      at: this.#now + 5,
      ...(line && { line: isSum ? { sessionId: SESSION, ...line } : { ...named, ...line } }),
      ...(hook && { hook: { prompt_id: this.#prompt, ...hook } }),
    });
  }
}

const REFUSAL = "The user doesn't want to proceed with this tool use. The tool use was rejected.";
