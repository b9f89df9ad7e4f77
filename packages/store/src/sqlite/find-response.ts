import type BetterSqlite3 from 'better-sqlite3';
import { responseId, type ResponseKey } from '../store.js';
import { responseHash } from './response-hash.js';
import type { Row } from './rows.js';

/** A response's row and the id of its session. */
export type FoundResponse = Row<'usage'> & { session: string };

/** Looks responses up in the ledger: two may have the same hash, the ids decide. */
export function prepareFindResponse(db: BetterSqlite3.Database) {
  const withHash = db.prepare<[number], FoundResponse>(
    `select usage.*, sessions.id as session from usage
       join sessions on sessions.key = usage.session_key where hash = ?`,
  );
  return (
    { messageId, requestId }: ResponseKey,
    hash = responseHash(responseId({ messageId, requestId })),
  ): FoundResponse | undefined => {
    const first = withHash.get(hash);
    const isIt = (row: FoundResponse) =>
      row.message_id === messageId && row.request_id === requestId;
    if (first === undefined || isIt(first)) return first;
    return withHash.all(hash).find(isIt);
  };
}
