import {
  promptTokens,
  totalTokens,
  type ExportedHead,
  type ExportedResponse,
  type ExportedToolCall,
} from '@claude-optimizer/protocol';
import { decimalDollars, type CsvField } from './csv.js';

/** A column: its name, and what it says of a row. */
type Column<T> = [name: string, value: (row: T) => CsvField];

export type Table<T> = { header: string[]; fields: (row: T) => CsvField[] };

const sessionColumns: Column<ExportedHead>[] = [
  ['session_id', ({ id }) => id],
  ['title', ({ title, firstPrompt }) => title ?? firstPrompt],
  ['project', ({ project }) => project],
  ['branch', ({ branch }) => branch],
  ['status', ({ status }) => status],
  ['models', ({ models }) => models.join(' ')],
  ['started_at', ({ startedAt }) => startedAt],
  ['last_at', ({ lastAt }) => lastAt],
  ['active_seconds', ({ activeMs }) => activeMs / 1_000],
  ['prompts', ({ counts }) => counts.prompts],
  ['responses', ({ usage }) => usage.messages],
  ['input_tokens', ({ usage }) => usage.inputTokens],
  ['output_tokens', ({ usage }) => usage.outputTokens],
  ['cache_write_5m_tokens', ({ usage }) => usage.cacheWrite5mTokens],
  ['cache_write_1h_tokens', ({ usage }) => usage.cacheWrite1hTokens],
  ['cache_read_tokens', ({ usage }) => usage.cacheReadTokens],
  ['total_tokens', ({ usage }) => totalTokens(usage)],
  ['cache_hit_rate', ({ usage }) => cacheHitRate(usage)],
  ['cost_usd', ({ usage }) => decimalDollars(usage.costMicrodollars)],
  ['price_basis', ({ priceBasis }) => priceBasis],
  ['unpriced_responses', ({ unpriced }) => unpriced.messages],
  ['incomplete_responses', ({ incompleteResponses }) => incompleteResponses],
  ['client_cost_usd', ({ clientCostMicrodollars }) => decimalDollars(clientCostMicrodollars)],
  ['budget_usd', ({ budgetMicrodollars }) => decimalDollars(budgetMicrodollars)],
  ['objectives_completed', ({ objectives }) => completed(objectives)],
  ['objectives_total', ({ objectives }) => objectives.filter(isCounted).length],
  ['tool_calls', ({ counts }) => counts.tools],
  ['tool_errors', ({ counts }) => counts.toolErrors],
  ['denials', ({ counts }) => counts.denials],
  ['errors', ({ counts }) => counts.errors],
  ['subagents', ({ counts }) => counts.agents],
  ['compactions', ({ counts }) => counts.compactions],
  ['lines_added', ({ counts }) => counts.linesAdded],
  ['lines_removed', ({ counts }) => counts.linesRemoved],
  ['client_version', ({ clientVersion }) => clientVersion],
];

const responseColumns: Column<ExportedResponse>[] = [
  ['at', ({ at }) => at],
  ['session_id', ({ sessionId }) => sessionId],
  ['project', ({ project }) => project],
  ['model', ({ model }) => model],
  ['subagent_id', ({ agentId }) => agentId],
  ['input_tokens', ({ inputTokens }) => inputTokens],
  ['output_tokens', ({ outputTokens }) => outputTokens],
  ['cache_write_5m_tokens', ({ cacheWrite5mTokens }) => cacheWrite5mTokens],
  ['cache_write_1h_tokens', ({ cacheWrite1hTokens }) => cacheWrite1hTokens],
  ['cache_read_tokens', ({ cacheReadTokens }) => cacheReadTokens],
  ['cost_usd', ({ costMicrodollars }) => decimalDollars(costMicrodollars)],
  ['price_basis', ({ priceBasis }) => priceBasis],
];

const toolCallColumns: Column<ExportedToolCall>[] = [
  ['ended_at', ({ endedAt }) => endedAt],
  ['session_id', ({ sessionId }) => sessionId],
  ['project', ({ project }) => project],
  ['tool', ({ tool }) => tool],
  ['subagent_id', ({ agentId }) => agentId],
  ['outcome', ({ outcome }) => outcome],
  ['duration_ms', ({ durationMs }) => durationMs],
  ['file', ({ file }) => file],
  ['lines_added', ({ linesAdded }) => linesAdded],
  ['lines_removed', ({ linesRemoved }) => linesRemoved],
];

export const sessionTable = tableOf(sessionColumns);
export const responseTable = tableOf(responseColumns);
export const toolCallTable = tableOf(toolCallColumns);

function tableOf<T>(columns: readonly Column<T>[]): Table<T> {
  return {
    header: columns.map(([name]) => name),
    fields: (row) => columns.map(([, value]) => value(row)),
  };
}

/** Which share of what the model read came from the cache, 0 to 1; null where it read nothing. */
export function cacheHitRate(usage: ExportedHead['usage']): number | null {
  const read = promptTokens(usage);
  return read === 0 ? null : Math.round((usage.cacheReadTokens / read) * 10_000) / 10_000;
}

/** Whether an objective counts: those that were taken off the list don't. */
export function isCounted({ status }: Pick<ExportedHead['objectives'][number], 'status'>): boolean {
  return status !== 'removed';
}

function completed(objectives: ExportedHead['objectives']): number {
  return objectives.filter(({ status }) => status === 'completed').length;
}
