/** What the process that writes live sessions is told by IPC; it answers `Sent`. */
export type Order = {
  files: readonly { path: string; sessionId: string; cwd: string }[];
  linesPerSecond: number;
  seconds: number;
};

/** When each thing was appended, in ns of the monotonic clock that all processes share. */
export type Sent = { sent: [key: string, ns: string][] };

/** The prompt of a live session, and so its title. */
export function titleOf(sessionId: string): string {
  return `Live session ${sessionId.slice(0, 8)}`;
}
