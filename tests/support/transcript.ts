import { randomBytes } from 'node:crypto';

/** Tokens of a response as a transcript line gives them. */
export type LineUsage = {
  input: number;
  output: number;
  cacheRead?: number;
  write5m?: number;
  write1h?: number;
};

type Block = Record<string, unknown> & { type: string };

export type ReplyOptions = {
  usage: LineUsage;
  model?: string;
  /** Content blocks, one line each; a short text when left out. */
  blocks?: Block[];
  messageId?: string;
  requestId?: string | null;
  /** The early lines still hold the placeholder of the stream's start (1 token). */
  growing?: boolean;
};

export type TranscriptOptions = {
  sessionId: string;
  cwd?: string;
  agentId?: string;
  /** Time of the first line, epoch ms. */
  at?: number;
  entrypoint?: string;
  /** Source of ids: hexadecimal digits. */
  hex?: (length: number) => string;
};

const randomHex = (length: number) => randomBytes(length).toString('hex').slice(0, length);

/** A uuid of random digits. */
export function uuidOf(hex: (length: number) => string): string {
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}

export const say = (text: string): Block => ({ type: 'text', text });
export const use = (id: string, name: string, input: Record<string, unknown>): Block => ({
  type: 'tool_use',
  id,
  name,
  input,
});

/** Writes the lines of one transcript as Claude Code does; each method returns text to append. */
export class Transcript {
  readonly sessionId: string;
  readonly hex: (length: number) => string;
  readonly #head: Record<string, unknown>;
  #parent: string | null = null;
  at: number;

  constructor({ sessionId, cwd, agentId, at, entrypoint, hex }: TranscriptOptions) {
    this.sessionId = sessionId;
    this.hex = hex ?? randomHex;
    this.at = at ?? Date.now();
    this.#head = {
      isSidechain: agentId !== undefined,
      ...(agentId !== undefined && { agentId }),
      userType: 'external',
      entrypoint: entrypoint ?? 'cli',
      cwd: cwd ?? '/home/dev/shop',
      sessionId,
      version: '2.1.330',
      gitBranch: 'main',
    };
  }

  /** Lets time pass. */
  later(ms: number): this {
    this.at += ms;
    return this;
  }

  prompt(text: string): string {
    return this.record({ type: 'user', message: { role: 'user', content: text } });
  }

  /** A response: a line for each block, all with the same ids and the response's usage. */
  reply(options: ReplyOptions): string {
    const { usage, growing = false } = options;
    const model = options.model ?? 'claude-sonnet-4-5-20250929';
    const blocks = options.blocks ?? [say('Done.')];
    const id = options.messageId ?? `msg_01${this.hex(22)}`;
    const requestId =
      options.requestId === undefined ? `req_011C${this.hex(20)}` : options.requestId;
    const usesTools = blocks.some((block) => block.type === 'tool_use');
    return blocks
      .map((block, index) => {
        const isLast = index === blocks.length - 1;
        const output = growing && !isLast ? 1 : usage.output;
        const message = {
          id,
          type: 'message',
          role: 'assistant',
          model,
          content: [block],
          stop_reason: isLast ? (usesTools ? 'tool_use' : 'end_turn') : null,
          stop_sequence: null,
          usage: wireUsage({ ...usage, output }),
        };
        return this.record({
          type: 'assistant',
          ...(requestId !== null && { requestId }),
          message,
        });
      })
      .join('');
  }

  result(toolUseId: string, content = 'ok', extra: Record<string, unknown> = {}): string {
    const block = { type: 'tool_result', tool_use_id: toolUseId, content };
    return this.record({ type: 'user', message: { role: 'user', content: [block] }, ...extra });
  }

  /** Any record in the envelope of this transcript; it becomes the parent of the next. */
  record(fields: Record<string, unknown>): string {
    const uuid = uuidOf(this.hex);
    const timestamp = new Date(this.at).toISOString();
    const line = { parentUuid: this.#parent, ...this.#head, ...fields, uuid, timestamp };
    this.#parent = uuid;
    this.at += 250;
    return `${JSON.stringify(line)}\n`;
  }
}

/** `usage` as the API and the transcripts spell it. */
export function wireUsage(usage: LineUsage): Record<string, unknown> {
  const { input, output, cacheRead = 0, write5m = 0, write1h = 0 } = usage;
  return {
    input_tokens: input,
    cache_creation_input_tokens: write5m + write1h,
    cache_read_input_tokens: cacheRead,
    cache_creation: { ephemeral_5m_input_tokens: write5m, ephemeral_1h_input_tokens: write1h },
    output_tokens: output,
    service_tier: 'standard',
  };
}
