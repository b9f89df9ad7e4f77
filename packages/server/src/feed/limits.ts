/** How the feed treats its clients; times in ms. */
export const LIMITS = {
  /** A fresh connection's cursor stands still so long, for its `subscribe` to come first. */
  graceMs: 250,
  /** Between two `events` messages of a batching client: just under 60 a second. */
  frameMs: 17,
  /** Events that are read or sent at a time, so also of one `events` message. */
  runEvents: 200,
  /** Who is further behind gets a snapshot instead of what was missed. */
  lagEvents: 2_000,
  /** Between two snapshots for one client. */
  snapshotMs: 500,
  /** Between two `status` messages. */
  statusMs: 250,
  /** Packets that may wait for a slow connection before it gets no more for now. */
  waitingPackets: 64,
  /** Newest events kept in memory for all clients together. */
  ringEvents: 4_096,
} as const;
