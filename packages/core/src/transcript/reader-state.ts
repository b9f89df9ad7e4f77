import type { InfoPatch, ListedObjective } from './observation.js';

/**
 * What a transcript file is: a session's main file, a subagent's, or an aside of the client
 * (warm-up, compaction, prompt suggestion), which costs tokens but is nobody's work.
 */
export type FileRole = 'main' | 'agent' | 'aside';

/** A tool call whose result hasn't been read yet. */
export type PendingTool = {
  name: string;
  label: string;
  at: number;
  agentId: string | null;
  file?: string;
  linesAdded?: number;
  linesRemoved?: number;
  /** What the call asked for, kept only where the result alone doesn't say it. */
  todos?: ListedObjective[];
  taskStatus?: ListedObjective['status'];
  taskText?: string;
  promptHead?: string;
};

/** A subagent as the `.meta.json` beside its file has it (from about 2.1.2). */
export type AgentNote = {
  toolUseId: string | null;
  agentType: string | null;
  description: string | null;
};

/** What must be remembered from line to line of one file. */
export type ReaderState = {
  role: FileRole;
  /** The subagent that the file belongs to; null in a main file. */
  agentId: string | null;
  agentSeen: boolean;
  /** What the client noted beside a subagent's file, where it did. */
  agentNote: AgentNote | null;
  /** When the file was made (epoch ms): the time of records before the first that has one. */
  bornAt: number;
  lastAt: number | null;
  /** What was last said of the session, so that only changes are said again. */
  info: InfoPatch;
  titleRank: number;
  /** Said before the first timestamp of the file; goes out with it. */
  early: InfoPatch;
  tools: Map<string, PendingTool>;
  /** uuids of the last records: a repeated one is skipped, a summary may name one. */
  recent: string[];
  /** Summaries by the leaf that they name; true of this session only when the leaf is here. */
  summaries: Map<string, string>;
  /** A slash command that becomes a prompt if the model answers it. */
  command: { at: number; recordId: string; text: string } | null;
  /** Threads of subagents inside a main file (old clients): record uuid → agent. */
  sidechains: Map<string, string>;
};

/** The state before the first line of a file. */
export function initialReaderState(
  role: FileRole,
  agentId: string | null,
  bornAt: number,
  agentNote: AgentNote | null = null,
): ReaderState {
  return {
    role,
    agentId,
    agentSeen: false,
    agentNote,
    bornAt,
    lastAt: null,
    info: {},
    titleRank: 0,
    early: {},
    tools: new Map(),
    recent: [],
    summaries: new Map(),
    command: null,
    sidechains: new Map(),
  };
}

/** As JSON, to be stored with the file's checkpoint: reading can stop and go on at any byte. */
export function serializeReaderState(state: ReaderState): string {
  return JSON.stringify({
    ...state,
    tools: [...state.tools],
    summaries: [...state.summaries],
    sidechains: [...state.sidechains],
  });
}

/** The state that `serializeReaderState` wrote. */
export function parseReaderState(json: string): ReaderState {
  const stored = JSON.parse(json) as ReaderState;
  return {
    ...stored,
    tools: new Map(stored.tools),
    summaries: new Map(stored.summaries),
    sidechains: new Map(stored.sidechains),
  };
}

/** Adds to a map of at most `limit` entries, dropping the oldest. */
export function remember<V>(entries: Map<string, V>, key: string, value: V, limit: number): void {
  entries.set(key, value);
  const oldest = entries.keys().next();
  if (entries.size > limit && !oldest.done) entries.delete(oldest.value);
}
