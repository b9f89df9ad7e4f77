/** So many records of one session can be found; further ones are passed over. */
export const RECORDS_PER_SESSION = 2 ** 20;

/** The number of a session's n-th record: whose it is can be told without a look. */
export function recordId(sessionKey: number, n: number): number {
  return sessionKey * RECORDS_PER_SESSION + n;
}

/** The session that a record is of. */
export function sessionKeyOf(id: number): number {
  return Math.floor(id / RECORDS_PER_SESSION);
}
