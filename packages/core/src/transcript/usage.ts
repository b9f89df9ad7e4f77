import { countAt, fieldsAt, listAt, asFields, textAt, type Fields } from './fields.js';
import type { ResponseTokens } from './observation.js';

/** Tokens of one `usage` object; absent or odd fields count as 0. */
export function responseTokens(usage: Fields): ResponseTokens {
  const written = countAt(usage, 'cache_creation_input_tokens');
  const { cacheWrite5mTokens, cacheWrite1hTokens } = cacheWrites(usage, written);
  return {
    inputTokens: countAt(usage, 'input_tokens'),
    outputTokens: countAt(usage, 'output_tokens'),
    cacheWrite5mTokens,
    cacheWrite1hTokens,
    cacheReadTokens: countAt(usage, 'cache_read_input_tokens'),
  };
}

// The split into 5-minute and 1-hour writes is absent before 1.0.98, and with several iterations
// describes the last one only: then the iterations say it, else the remainder counts as 5m.
function cacheWrites(
  usage: Fields,
  written: number,
): Pick<ResponseTokens, 'cacheWrite5mTokens' | 'cacheWrite1hTokens'> {
  const own = splitOf(usage);
  if (!('cache_creation_input_tokens' in usage)) {
    return { cacheWrite5mTokens: own.m5, cacheWrite1hTokens: own.h1 };
  }
  const parts = own.m5 + own.h1 === written ? own : splitOfIterations(usage, written);
  const cacheWrite1hTokens = Math.min((parts ?? own).h1, written);
  return { cacheWrite5mTokens: written - cacheWrite1hTokens, cacheWrite1hTokens };
}

function splitOf(usage: Fields): { m5: number; h1: number } {
  const split = fieldsAt(usage, 'cache_creation');
  return {
    m5: countAt(split, 'ephemeral_5m_input_tokens'),
    h1: countAt(split, 'ephemeral_1h_input_tokens'),
  };
}

function splitOfIterations(usage: Fields, written: number): { m5: number; h1: number } | null {
  const sum = { m5: 0, h1: 0 };
  for (const iteration of iterations(usage, 'message')) {
    const { m5, h1 } = splitOf(iteration);
    sum.m5 += m5;
    sum.h1 += h1;
  }
  return sum.m5 + sum.h1 === written ? sum : null;
}

/** The `iterations` of one type; advisor messages are extra to the top-level counts. */
export function iterations(usage: Fields, type: 'message' | 'advisor_message'): Fields[] {
  return listAt(usage, 'iterations')
    .map(asFields)
    .filter((fields) => fields !== null)
    .filter((fields) => textAt(fields, 'type') === type);
}

/** Tokens in front of the model: of the last iteration, if there are several. */
export function contextTokens(usage: Fields): number {
  const last = iterations(usage, 'message').at(-1) ?? usage;
  return (
    countAt(last, 'input_tokens') +
    countAt(last, 'cache_creation_input_tokens') +
    countAt(last, 'cache_read_input_tokens')
  );
}

/** Web searches that the server ran for this response; billed by the request. */
export function webSearches(usage: Fields): number {
  return countAt(fieldsAt(usage, 'server_tool_use'), 'web_search_requests');
}
