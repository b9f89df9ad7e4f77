import type { MalformedLine } from '@claude-optimizer/protocol';

/** How things stand on this machine, as `claude-optimizer doctor` found them. Sizes in bytes. */
export type DoctorReport = {
  version: string;
  node: string;
  claudeDirs: { path: string; exists: boolean; transcripts: number; bytes: number }[];
  store: {
    path: string;
    exists: boolean;
    bytes: number;
    /** What it holds; null when there is none or it can't be opened. */
    holds: { sessions: number; events: number; filesRead: number } | null;
  };
  /** The newest lines that could not be read, and how many there are. */
  malformed: { total: number; lines: MalformedLine[] };
  daemon: { url: string | null; pid: number; startedAt: number } | null;
  dashboard: { path: string; built: boolean };
  /** Where `claude` is on the PATH; null when it isn't. */
  claude: string | null;
  /** What is in the way, and what to do about it. */
  problems: { message: string; fix: string }[];
};
