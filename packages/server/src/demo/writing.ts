/** One record, as JSON will have it. */
export type Line = Record<string, unknown>;

/** Something to be put on the disk; `path` is relative to the configuration folder. */
export type Write =
  | { kind: 'append'; path: string; lines: readonly Line[] }
  | { kind: 'replace'; path: string; content: Line }
  | { kind: 'budget'; sessionId: string; microdollars: number };

/** The folder that the client keeps a project's transcripts in. */
export function projectFolder(cwd: string): string {
  return `projects/${cwd.replace(/[^a-zA-Z0-9]/g, '-')}`;
}
