/** One content block of a scripted response. */
export type Block =
  | { type: 'text'; text: string }
  | { type: 'thinking'; thinking: string }
  | { type: 'tool_use'; name: string; input: Record<string, unknown> };

/** Tokens of a response as the API bills them. */
export type ReplyUsage = {
  input: number;
  output: number;
  cacheRead?: number;
  cacheWrite5m?: number;
  cacheWrite1h?: number;
  /** Searches that the server ran, and how the response was served, as it tells them. */
  webSearches?: number;
  speed?: string;
  tier?: string;
};

/** What the model says to one request of a conversation. */
export type Reply = {
  blocks: Block[];
  usage: ReplyUsage;
  /** Sent with it, such as those that tell of the provider's limits. */
  headers?: Record<string, string>;
  /** Answers this many requests with `status` first, as an overloaded API does. */
  refuse?: { status: number; times: number; message?: string; headers?: Record<string, string> };
  /** Why the model stops, instead of at its end or for its tools. */
  stop?: 'refusal' | 'max_tokens';
  /** Not even a first byte: the request is left open. */
  silent?: boolean;
  /** Never ends: the stream stays open after the first words. */
  endless?: boolean;
};

export type ServerSentEvent = { event: string; payload: Record<string, unknown> };

/** The API's stream of a reply, up to the point from which an endless one says no more. */
export function* streamOf(
  reply: Reply,
  names: { messageId: string; model: string; toolUseId: (index: number) => string },
): Generator<ServerSentEvent> {
  yield say('message_start', {
    message: {
      id: names.messageId,
      type: 'message',
      role: 'assistant',
      model: names.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      // As the real API: the output is a placeholder until `message_delta`.
      usage: usageOnWire(reply.usage, 1),
    },
  });
  for (const [index, block] of reply.blocks.entries()) {
    yield* blockStream(block, index, names.toolUseId(index));
    if (reply.endless) return;
  }
  const usesTools = reply.blocks.some((block) => block.type === 'tool_use');
  yield say('message_delta', {
    delta: {
      stop_reason: reply.stop ?? (usesTools ? 'tool_use' : 'end_turn'),
      stop_sequence: null,
    },
    usage: usageOnWire(reply.usage, reply.usage.output),
  });
  yield say('message_stop', {});
}

function* blockStream(block: Block, index: number, toolUseId: string): Generator<ServerSentEvent> {
  switch (block.type) {
    case 'text':
      yield start(index, { type: 'text', text: '' });
      for (const text of inPieces(block.text)) yield delta(index, { type: 'text_delta', text });
      break;
    case 'thinking':
      yield start(index, { type: 'thinking', thinking: '', signature: '' });
      yield delta(index, { type: 'thinking_delta', thinking: block.thinking });
      yield delta(index, { type: 'signature_delta', signature: 'c2lnbmF0dXJl' });
      break;
    case 'tool_use':
      yield start(index, { type: 'tool_use', id: toolUseId, name: block.name, input: {} });
      for (const partial_json of inPieces(JSON.stringify(block.input))) {
        yield delta(index, { type: 'input_json_delta', partial_json });
      }
      break;
  }
  yield say('content_block_stop', { index });
}

function usageOnWire(usage: ReplyUsage, output: number): Record<string, unknown> {
  const { cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0, webSearches = 0, speed } = usage;
  return {
    input_tokens: usage.input,
    output_tokens: output,
    cache_read_input_tokens: cacheRead,
    cache_creation_input_tokens: cacheWrite5m + cacheWrite1h,
    cache_creation: {
      ephemeral_5m_input_tokens: cacheWrite5m,
      ephemeral_1h_input_tokens: cacheWrite1h,
    },
    ...(webSearches > 0 && { server_tool_use: { web_search_requests: webSearches } }),
    service_tier: usage.tier ?? 'standard',
    ...(speed !== undefined && { speed }),
  };
}

function say(event: string, payload: Record<string, unknown>): ServerSentEvent {
  return { event, payload: { type: event, ...payload } };
}

function start(index: number, content_block: Record<string, unknown>): ServerSentEvent {
  return say('content_block_start', { index, content_block });
}

function delta(index: number, change: Record<string, unknown>): ServerSentEvent {
  return say('content_block_delta', { index, delta: change });
}

function inPieces(text: string): string[] {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)].filter((piece) => piece !== '');
}
