import type { Usage } from '@claude-optimizer/protocol';

export const SESSION = 'aaaaaaaa-0000-4000-8000-000000000001';
export const OTHER = 'bbbbbbbb-0000-4000-8000-000000000002';

/** Writes transcript lines of one file, each a second after the one before. */
export class Lines {
  readonly #session: string;
  readonly #agentId: string | null;
  readonly #name: string;
  readonly #place: object;
  #second: number;
  #count = 0;

  constructor(
    session: string,
    options: { agentId?: string; from?: number; cwd?: string; branch?: string } = {},
  ) {
    const { cwd = '/home/dev/shop', branch } = options;
    this.#session = session;
    this.#place = { cwd, ...(branch !== undefined && { gitBranch: branch }) };
    this.#agentId = options.agentId ?? null;
    this.#second = options.from ?? 0;
    this.#name = `${session.slice(0, 4)}-${this.#agentId ?? 'main'}`;
  }

  prompt(text: string): string {
    return this.#line('user', { message: { role: 'user', content: text } });
  }

  says(
    messageId: string,
    text: string,
    usage: object = tokens(),
    model = 'claude-opus-4-5',
  ): string {
    return this.#answer(messageId, { type: 'text', text }, usage, model);
  }

  calls(messageId: string, toolUseId: string, name: string, input: object): string {
    return this.#answer(messageId, { type: 'tool_use', id: toolUseId, name, input }, tokens());
  }

  result(toolUseId: string, text: string, more: object = {}): string {
    const content = [{ type: 'tool_result', tool_use_id: toolUseId, content: text }];
    return this.#line('user', { message: { role: 'user', content }, ...more });
  }

  record(type: string, more: object): string {
    return this.#line(type, more);
  }

  side(record: object): string {
    return `${JSON.stringify(record)}\n`;
  }

  #answer(id: string, block: object, usage: object, model = 'claude-opus-4-5'): string {
    const message = { id, role: 'assistant', model, content: [block], stop_reason: null, usage };
    return this.#line('assistant', { requestId: `req-${id}`, message });
  }

  #line(type: string, more: object): string {
    this.#second += 1;
    this.#count += 1;
    const record = {
      ...{ type, uuid: `${this.#name}-${String(this.#count)}`, sessionId: this.#session },
      ...{ timestamp: new Date(Date.UTC(2026, 0, 5, 10) + this.#second * 1_000).toISOString() },
      ...{ ...this.#place, version: '2.1.100', isSidechain: this.#agentId !== null },
      ...(this.#agentId === null ? {} : { agentId: this.#agentId }),
      ...more,
    };
    return `${JSON.stringify(record)}\n`;
  }
}

/** A `usage` object of a response. */
export function tokens(output = 10, input = 5, written = 100, read = 1_000): object {
  return {
    ...{ input_tokens: input, output_tokens: output, cache_read_input_tokens: read },
    ...{ cache_creation_input_tokens: written },
  };
}

/** Tokens of a usage, without its cost. */
export function countsOf({
  costMicrodollars: _cost,
  ...counts
}: Usage): Omit<Usage, 'costMicrodollars'> {
  return counts;
}
