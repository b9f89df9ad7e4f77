import type { Ids } from './ids.js';
import type { PlacedBlock } from './timeline.js';
import type { ResponseTokens } from './tokens.js';

/** The `usage` of an API response as the client writes it on every line of the message. */
export function usageOf(tokens: ResponseTokens, cache: '5m' | '1h'): Record<string, unknown> {
  const created = {
    ephemeral_1h_input_tokens: cache === '1h' ? tokens.cacheWriteTokens : 0,
    ephemeral_5m_input_tokens: cache === '5m' ? tokens.cacheWriteTokens : 0,
  };
  const counts = {
    input_tokens: tokens.inputTokens,
    cache_creation_input_tokens: tokens.cacheWriteTokens,
    cache_read_input_tokens: tokens.cacheReadTokens,
    output_tokens: tokens.outputTokens,
  };
  return {
    ...counts,
    output_tokens_details: { thinking_tokens: tokens.thinkingTokens },
    server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 },
    service_tier: 'standard',
    cache_creation: created,
    inference_geo: 'not_available',
    iterations: [{ ...counts, cache_creation: created, type: 'message' }],
    speed: 'standard',
    fallback_credit: null,
  };
}

/** A content block as the API gives it. */
export function contentBlock(block: PlacedBlock, ids: Ids): Record<string, unknown> {
  switch (block.kind) {
    case 'thinking':
      return { type: 'thinking', thinking: block.text, signature: ids.signature() };
    case 'text':
      return { type: 'text', text: block.text };
    case 'call':
      return { type: 'tool_use', id: block.id, name: block.name, input: block.input };
  }
}

/** An API message with one block, as one line of it has it. */
export function apiMessage(
  id: string,
  model: string,
  block: Record<string, unknown>,
  stopReason: 'tool_use' | 'end_turn',
  usage: Record<string, unknown>,
): Record<string, unknown> {
  return {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: [block],
    stop_reason: stopReason,
    stop_sequence: null,
    usage,
    stop_details: null,
  };
}

/** What the client says in the model's place when a request has failed for good. */
export function syntheticMessage(id: string, status: number): Record<string, unknown> {
  return {
    diagnostics: null,
    id,
    container: null,
    model: '<synthetic>',
    role: 'assistant',
    stop_details: null,
    stop_reason: 'stop_sequence',
    stop_sequence: '',
    type: 'message',
    usage: {
      output_tokens_details: null,
      input_tokens: 0,
      output_tokens: 0,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 },
      service_tier: null,
      cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 0 },
      inference_geo: null,
      iterations: null,
      speed: null,
      fallback_credit: null,
    },
    content: [
      {
        type: 'text',
        text: `API Error: ${String(status)} Overloaded. This is a server-side issue, usually temporary — try again in a moment.`,
      },
    ],
    context_management: null,
  };
}
