import { sql, type Kysely } from 'kysely';
import type { ClientRequest, ComparedRequest } from '../store.js';
import type { Database } from './schema.js';

/** Keeps requests as the client counts them; one that is known already stays as it is. */
export async function addClientRequests(
  db: Kysely<Database>,
  requests: readonly ClientRequest[],
): Promise<void> {
  if (requests.length === 0) return;
  const rows = requests.map((request) => ({
    session_id: request.sessionId,
    request_id: request.requestId,
    model: request.model,
    at: request.at,
    input: request.inputTokens,
    output: request.outputTokens,
    cache_write_5m: request.cacheWrite5mTokens,
    cache_write_1h: request.cacheWrite1hTokens,
    cache_read: request.cacheReadTokens,
    cost: request.costMicrodollars,
  }));
  // SQLite takes a bounded number of values in one statement.
  for (let first = 0; first < rows.length; first += 500) {
    await db
      .insertInto('client_requests')
      .values(rows.slice(first, first + 500))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** A session's requests by the client's count and by ours, oldest first. */
export async function comparedRequests(
  db: Kysely<Database>,
  sessionId: string,
): Promise<ComparedRequest[]> {
  const ours = db
    .selectFrom('usage')
    .innerJoin('sessions', 'sessions.key', 'usage.session_key')
    .where('sessions.id', '=', sessionId)
    .select('usage.request_id as of')
    .select(
      sql<number>`sum(input + output + cache_write_5m + cache_write_1h + cache_read)`.as('tokens'),
    )
    // Unknown as soon as one part of it is.
    .select(sql<number | null>`iif(count(usage.cost) = count(*), sum(usage.cost), null)`.as('pico'))
    .groupBy('usage.request_id')
    .as('ours');
  const rows = await db
    .selectFrom('client_requests')
    .leftJoin(ours, 'ours.of', 'client_requests.request_id')
    .selectAll('client_requests')
    .select(['ours.tokens', 'ours.pico'])
    .where('client_requests.session_id', '=', sessionId)
    .orderBy('client_requests.at')
    .orderBy('client_requests.request_id')
    .execute();
  return rows.map((row) => ({
    sessionId: row.session_id,
    requestId: row.request_id,
    model: row.model,
    at: row.at,
    inputTokens: row.input,
    outputTokens: row.output,
    cacheWrite5mTokens: row.cache_write_5m,
    cacheWrite1hTokens: row.cache_write_1h,
    cacheReadTokens: row.cache_read,
    costMicrodollars: row.cost,
    ours: row.tokens === null ? null : { tokens: row.tokens, costPicodollars: row.pico },
  }));
}
