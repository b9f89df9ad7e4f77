import type { SessionStatus, SessionSummary } from '@claude-optimizer/protocol';
import type { Kysely } from 'kysely';
import type { StoredSession } from '../store.js';
import { storedSession, summaryOf } from './rows.js';
import type { Database } from './schema.js';

/** Sessions by id, with their state. */
export async function readSessions(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<Map<string, StoredSession>> {
  const rows = await db
    .selectFrom('sessions')
    .select(['id', 'key', 'summary', 'detail'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, storedSession(row)]));
}

/** Visible sessions in one of these statuses, newest first. */
export async function sessionsInStatus(
  db: Kysely<Database>,
  statuses: readonly SessionStatus[],
  limit: number,
): Promise<SessionSummary[]> {
  const rows = await db
    .selectFrom('sessions')
    .select('summary')
    .where('visible', '=', 1)
    .where('hidden', '=', 0)
    .where('status', 'in', [...statuses])
    .orderBy('last_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(summaryOf);
}
