import type { UsageQuery, UsageSum } from '../usage-query.js';

/** The columns of a slot that add up. */
export const COUNTS = [
  'input',
  'output',
  'cache_write_5m',
  'cache_write_1h',
  'cache_read',
  'messages',
  'cost',
  'unpriced_messages',
  'unpriced_tokens',
  'estimated_messages',
  'incomplete_messages',
] as const;

/** A sum as it is read; keys that weren't asked for are missing. */
export type SumRow = Record<(typeof COUNTS)[number], number> & {
  day?: number;
  slot?: number;
  model?: string;
  project?: string | null;
  session?: string;
};

const SUMS = COUNTS.map((name) => `sum(slots.${name}) as ${name}`);

/** A query and what is bound in it, for each period: plain SQL, as a quick report loads no more. */
export function usageSumQueries({ periods, by, project, model }: UsageQuery) {
  return periods.map(({ from, to, offsetMs }) => {
    const keys = {
      // Bound as a real number it wouldn't divide into whole days.
      day: `(slots.at + ${String(Math.trunc(offsetMs))}) / 86400000`,
      slot: 'slots.at',
      model: 'slots.model',
      project: 'sessions.project',
      session: 'sessions.id',
    };
    const needsSessions = project !== undefined || by.includes('project') || by.includes('session');
    const conditions = ['slots.at >= ?', 'slots.at < ?'];
    const parameters: (number | string)[] = [from, to];
    if (model !== undefined) {
      conditions.push('slots.model = ?');
      parameters.push(model);
    }
    if (project !== undefined) {
      conditions.push(IS_OF_PROJECT);
      parameters.push(project, project, project);
    }
    const text = [
      `select ${[...by.map((key) => `${keys[key]} as ${key}`), ...SUMS].join(', ')}`,
      'from usage_slots slots',
      needsSessions ? 'inner join sessions on sessions.key = slots.session_key' : '',
      `where ${conditions.join(' and ')}`,
      by.length === 0 ? '' : `group by ${by.map((key) => keys[key]).join(', ')}`,
      'having sum(slots.messages) > 0',
    ].join(' ');
    return { text, parameters };
  });
}

/** Whether a session is of a project: by its whole path or its last folder; bound three times. */
const IS_OF_PROJECT = `(sessions.project = ?
  or substr(sessions.project, -length(?) - 1) = '/' || ?)`;

/** A row as the store gives it. */
export function usageSumOf(row: SumRow): UsageSum {
  return {
    day: row.day ?? null,
    slot: row.slot ?? null,
    model: row.model ?? null,
    project: row.project ?? null,
    sessionId: row.session ?? null,
    inputTokens: row.input,
    outputTokens: row.output,
    cacheWrite5mTokens: row.cache_write_5m,
    cacheWrite1hTokens: row.cache_write_1h,
    cacheReadTokens: row.cache_read,
    messages: row.messages,
    costPicodollars: row.cost,
    unpricedMessages: row.unpriced_messages,
    unpricedTokens: row.unpriced_tokens,
    estimatedMessages: row.estimated_messages,
    incompleteMessages: row.incomplete_messages,
  };
}
