import { textAt, type Fields } from './fields.js';
import type { InfoPatch, ObjectiveChange, Observation } from './observation.js';
import type { ReaderState } from './reader-state.js';

/** The circumstances in which one record is read. */
export type Scene = {
  state: ReaderState;
  /** Its time (epoch ms), or that of the last record that had one. */
  at: number;
  /** Its uuid, or a name that is unique in the file. */
  recordId: string;
  /** The subagent in whose thread it stands; null in the main thread. */
  agentId: string | null;
  say(observation: Observation): void;
};

/** Says what is new about the session; before the file's first timestamp it is kept for later. */
export function sayInfo(scene: Scene, patch: InfoPatch): void {
  const { state } = scene;
  if (isKnown(state.info, patch)) return;
  const known = state.info as Record<string, unknown>;
  const news = Object.entries(patch).filter(([key, value]) => known[key] !== value);
  const fresh = Object.fromEntries(news) as InfoPatch;
  state.info = { ...state.info, ...fresh };
  if (state.lastAt === null) state.early = { ...state.early, ...fresh };
  else scene.say({ kind: 'info', at: scene.at, info: fresh });
}

// Nearly always, and asked of every record.
function isKnown(info: InfoPatch, patch: InfoPatch): boolean {
  for (const key in patch) {
    if (info[key as keyof InfoPatch] !== patch[key as keyof InfoPatch]) return false;
  }
  return true;
}

/** Whose word counts for the title (format reference, "Title order of preference"). */
export const TITLE_RANK = { command: 1, prompt: 2, summary: 3, ai: 4, custom: 5 } as const;

/** Sets the title unless a better source has said it; the last of the same source wins. */
export function sayTitle(scene: Scene, source: keyof typeof TITLE_RANK, title: string): void {
  const rank = TITLE_RANK[source];
  const firstOnly = source === 'prompt' || source === 'command';
  const { titleRank } = scene.state;
  if (title === '' || (firstOnly ? titleRank >= rank : titleRank > rank)) return;
  scene.state.titleRank = rank;
  sayInfo(scene, { title });
}

/** Passes on the permission mode that a record carries, if it does. */
export function sayPermissionMode(scene: Scene, record: Fields): void {
  const permissionMode = textAt(record, 'permissionMode');
  if (permissionMode !== null) sayInfo(scene, { permissionMode });
}

/**
 * Says what a record has about objectives. A subagent has a todo list of its own, which is nobody
 * else's; tasks are shared by all threads of a session.
 */
export function sayObjectives(scene: Scene, change: ObjectiveChange, cause?: string): void {
  const { at, agentId, state } = scene;
  const inMain = agentId === null && state.role === 'main';
  if (!inMain && change.type === 'todos') return;
  scene.say({
    kind: 'objectives',
    at,
    change,
    ...(state.role === 'main' ? {} : { aside: true }),
    ...(cause === undefined ? {} : { cause }),
  });
}
