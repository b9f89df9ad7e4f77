import type { Response } from './tally.js';

/** Responses in a form that goes from thread to thread without being copied piece by piece. */
export type Packed = { texts: string; numbers: Float64Array<ArrayBuffer> };

const WIDTH = 11;

/** Packs responses; the ids and names in them hold no newline. */
export function pack(responses: readonly Response[]): Packed {
  const numbers = new Float64Array(responses.length * WIDTH);
  const texts = responses.map((response, index) => {
    const { usage } = response;
    numbers.set(
      [
        response.bornAt,
        response.at,
        response.pricedAt,
        response.stopped ? 1 : 0,
        response.fast ? 1 : 0,
        response.webSearches,
        usage.inputTokens,
        usage.outputTokens,
        usage.cacheWrite5mTokens,
        usage.cacheWrite1hTokens,
        usage.cacheReadTokens,
      ],
      index * WIDTH,
    );
    return JSON.stringify([
      response.messageId,
      response.requestId,
      response.sessionId,
      response.model,
    ]);
  });
  return { texts: `[${texts.join(',')}]`, numbers };
}

/** The responses that were packed. */
export function unpack({ texts, numbers }: Packed): Response[] {
  const rows = JSON.parse(texts) as [string, string, string, string][];
  return rows.map(([messageId, requestId, sessionId, model], index) => {
    const at = (column: number) => numbers[index * WIDTH + column] ?? 0;
    return {
      messageId,
      requestId,
      sessionId,
      bornAt: at(0),
      agentId: null,
      model,
      at: at(1),
      pricedAt: at(2),
      stopped: at(3) === 1,
      fast: at(4) === 1,
      webSearches: at(5),
      usage: {
        inputTokens: at(6),
        outputTokens: at(7),
        cacheWrite5mTokens: at(8),
        cacheWrite1hTokens: at(9),
        cacheReadTokens: at(10),
        messages: 1,
        costMicrodollars: null,
      },
    };
  });
}
