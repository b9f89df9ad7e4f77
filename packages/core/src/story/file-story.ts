import { INSTANT_TOOLS } from '../fold/status.js';
import type { ToolCall } from './calls.js';
import type { Story } from './story.js';

/** Whether a tool of this name changes files by itself (a command may, too, unseen). */
export function changesFiles(name: string): boolean {
  return INSTANT_TOOLS.has(name);
}

/** One file that a session's tools named: how often it was read, and every edit in order. */
export type FileStory = {
  /** As the calls name it. */
  path: string;
  /** Below the project's folder, with slashes; null when it is elsewhere. */
  inProject: string | null;
  /** Calls that would change it, in order, also those that failed or were denied. */
  edits: ToolCall[];
  reads: ToolCall[];
  /** Edits that were done. */
  done: number;
  linesAdded: number;
  linesRemoved: number;
  lastAt: number;
};

/** The files that a session touched, by path. */
export function fileStories(story: Story, project: string | null): FileStory[] {
  const files = new Map<string, FileStory>();
  for (const call of story.calls) {
    if (call.file === null) continue;
    const file = files.get(call.file) ?? newFile(call.file, project);
    files.set(call.file, file);
    const isEdit = changesFiles(call.name) || call.lines !== null;
    (isEdit ? file.edits : file.reads).push(call);
    if (isEdit && call.outcome === 'ok') file.done += 1;
    file.linesAdded += call.lines?.added ?? 0;
    file.linesRemoved += call.lines?.removed ?? 0;
    file.lastAt = Math.max(file.lastAt, call.endAt ?? call.startAt);
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function newFile(path: string, project: string | null): FileStory {
  const counts = { done: 0, linesAdded: 0, linesRemoved: 0, lastAt: 0 };
  return { path, inProject: below(path, project), edits: [], reads: [], ...counts };
}

function below(path: string, project: string | null): string | null {
  if (project === null) return null;
  const [file, folder] = [withSlashes(path), withSlashes(project).replace(/\/+$/u, '')];
  return file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : null;
}

function withSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}
