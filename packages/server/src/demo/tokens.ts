import type { Block } from './script.js';
import type { SeededRandom } from './random.js';

/** Letters to a token, as code and prose have it on average. */
const LETTERS_PER_TOKEN = 3.4;
/** System prompt and tools, of which the first part is in the cache from earlier sessions. */
const SYSTEM_TOKENS = 16_900;
const WARM_TOKENS = 13_400;
const TOOL_CALL_TOKENS = 40;

/** Tokens of one API response, by what each kind is billed as. */
export type ResponseTokens = {
  inputTokens: number;
  outputTokens: number;
  thinkingTokens: number;
  cacheWriteTokens: number;
  cacheReadTokens: number;
};

/** About how many tokens a text has. */
export function textTokens(text: string): number {
  return Math.ceil(text.length / LETTERS_PER_TOKEN);
}

/** What a message costs in output, its thinking included. */
export function outputTokens(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + blockTokens(block), 0);
}

export function thinkingTokens(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + (block.kind === 'thinking' ? block.tokens : 0), 0);
}

function blockTokens(block: Block): number {
  switch (block.kind) {
    case 'thinking':
      return block.tokens;
    case 'text':
      return textTokens(block.text);
    case 'call':
      return TOOL_CALL_TOKENS + textTokens(JSON.stringify(block.input));
  }
}

/** The context of one thread: everything said so far is read from the cache, what is new written. */
export class ContextWindow {
  #cached = WARM_TOKENS;
  #fresh = SYSTEM_TOKENS - WARM_TOKENS;

  /** Tokens of the last request and its answer. */
  get size(): number {
    return this.#cached + this.#fresh;
  }

  /** Something is put in front of the model: a prompt, a tool's result. */
  add(text: string): void {
    this.#fresh += textTokens(text) + 8;
  }

  /** The usage of the next response; what it says stays in the context. */
  respond(blocks: readonly Block[], random: SeededRandom): ResponseTokens {
    const output = outputTokens(blocks);
    const tokens = {
      inputTokens: random.between(2, 12),
      outputTokens: output,
      thinkingTokens: thinkingTokens(blocks),
      cacheWriteTokens: this.#fresh,
      cacheReadTokens: this.#cached,
    };
    this.#cached += this.#fresh;
    this.#fresh = output;
    return tokens;
  }
}
