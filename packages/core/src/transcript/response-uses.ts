import { asFields, fieldsAt, textAt, timeAt, type Fields } from './fields.js';
import type { ResponseUse } from './observation.js';
import { iterations, responseTokens, webSearches } from './usage.js';

/** What a record says of a response by itself, wherever it stands. */
export type PlainUse = Omit<ResponseUse, 'agentId' | 'contextTokens'>;

/**
 * What `message`, of `record`, used: the response itself, then its advisor's calls, as their own
 * model bills them. Nothing when it tells no usage or no model.
 */
export function responseUses(record: Fields, message: Fields, recordId: string): PlainUse[] {
  const usage = fieldsAt(message, 'usage');
  const model = textAt(message, 'model');
  if (usage === null || model === null) return [];
  const own: PlainUse = {
    messageId: textAt(message, 'id') ?? recordId,
    requestId: textAt(record, 'requestId') ?? '',
    model,
    tokens: responseTokens(usage),
    webSearches: webSearches(usage),
    fast: textAt(usage, 'speed') === 'fast',
    batch: textAt(usage, 'service_tier') === 'batch',
    stopped: textAt(message, 'stop_reason') !== null,
  };
  if (!('iterations' in usage)) return [own];
  const advice = iterations(usage, 'advisor_message').map((call, index) => ({
    ...own,
    messageId: `${own.messageId}#advisor${String(index)}`,
    model: textAt(call, 'model') ?? textAt(record, 'advisorModel') ?? model,
    tokens: responseTokens(call),
    webSearches: 0,
  }));
  return [own, ...advice];
}

/**
 * The usage that one record tells, for who wants nothing else of it: of a response, or of a
 * subagent's that the parent's file repeats. `at` (epoch ms) is null where the record has no time.
 * `place` names it where it has no uuid.
 */
export function usageOfRecord(
  record: Fields,
  place: string,
): { at: number | null; uses: PlainUse[] } {
  const at = timeAt(record, 'timestamp');
  if (record['type'] === 'progress') return usageOfProgress(record, place, at);
  const message = fieldsAt(record, 'message');
  const isResponse =
    record['type'] === 'assistant' &&
    message !== null &&
    textAt(message, 'model') !== '<synthetic>';
  const recordId = textAt(record, 'uuid') ?? place;
  return { at, uses: isResponse ? responseUses(record, message, recordId) : [] };
}

function usageOfProgress(
  record: Fields,
  place: string,
  at: number | null,
): ReturnType<typeof usageOfRecord> {
  const nested = progressMessage(record);
  if (nested === null) return { at, uses: [] };
  const recordId = textAt(record, 'uuid') ?? place;
  const uses = responseUses(nested.record, nested.message, recordId);
  return { at: timeAt(nested.record, 'timestamp') ?? at, uses };
}

/** The subagent's message that a progress record repeats (2.1.11–2.1.42), if it tells its usage. */
export function progressMessage(record: Fields): { record: Fields; message: Fields } | null {
  const data = fieldsAt(record, 'data');
  if (data?.['type'] !== 'agent_progress') return null;
  const nested = fieldsAt(data, 'message');
  const message = fieldsAt(nested, 'message');
  if (nested === null || message === null || textAt(message, 'model') === '<synthetic>')
    return null;
  return asFields(message['usage']) ? { record: nested, message } : null;
}
