import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { HandBudgets, Settings } from '@claude-optimizer/protocol';
import type { PersonSettings } from '../config/person-settings.js';
import { expandHome } from '../config/expand-home.js';
import type { Log } from '../log.js';

/** The file is looked at again after so many ms: thousands of hooks a second mustn't each do so. */
const FRESH_MS = 250;

type Folder = { name: string; folder: string };
type Read = { settings: Settings; folders: readonly Folder[] };

/** A budget and who set it. */
export type Budget = { microdollars: number; by: 'session' | 'project' | 'default'; name: string };

type Options = {
  settings: Pick<PersonSettings, 'read'>;
  home: string;
  now: () => number;
  log: Log;
};

/** The person's budgets for sessions started by hand, from memory; a broken file changes nothing. */
export class HandSettings {
  readonly #options: Options;
  #read: Read | null = null;
  #readAt = -Infinity;
  #broken = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** What is set for sessions by hand; null when it could never be read. */
  budgets(): HandBudgets | null {
    return this.#current()?.settings.budgets ?? null;
  }

  /** The budget that holds: the session's own, else its project's, else the default; or none. */
  budgetOf(session: { project: string | null; budget: number | null }): Budget | null {
    if (session.budget !== null) return { microdollars: session.budget, by: 'session', name: '' };
    const read = this.#current();
    if (read === null) return null;
    const { projects, sessionMicrodollars } = read.settings.budgets;
    const name = projectOf(session.project, read.folders, projects);
    const ofProject = name === null ? undefined : projects[name];
    if (name !== null && ofProject !== undefined) {
      return { microdollars: ofProject, by: 'project', name };
    }
    return sessionMicrodollars === null
      ? null
      : { microdollars: sessionMicrodollars, by: 'default', name: '' };
  }

  #current(): Read | null {
    const { now, settings, home, log } = this.#options;
    const at = now();
    if (at - this.#readAt < FRESH_MS && at >= this.#readAt) return this.#read;
    this.#readAt = at;
    try {
      const next = settings.read();
      if (next !== this.#read?.settings) {
        this.#read = { settings: next, folders: foldersOf(next, home) };
      }
      this.#broken = false;
    } catch (error) {
      if (!this.#broken) log.warn({ err: error }, 'budgets stay as they were last read');
      this.#broken = true;
    }
    return this.#read;
  }
}

// The client names the folder as it was entered, links and all; both ways of naming it count.
function foldersOf({ projects, budgets }: Settings, home: string): Folder[] {
  return projects
    .filter(({ name }) => budgets.projects[name] !== undefined)
    .flatMap(({ name, path: written }) => {
      const folder = path.resolve(expandHome(written, home));
      const real = realOf(folder);
      return real === null || real === folder
        ? [{ name, folder }]
        : [
            { name, folder },
            { name, folder: real },
          ];
    });
}

function realOf(folder: string): string | null {
  try {
    return realpathSync(folder);
  } catch {
    return null;
  }
}

/** The registered project with a budget whose folder is the nearest above. */
function projectOf(
  cwd: string | null,
  folders: readonly Folder[],
  budgets: Readonly<Record<string, number>>,
): string | null {
  if (cwd === null) return null;
  const around = folders.filter(({ folder, name }) => {
    return budgets[name] !== undefined && (cwd === folder || cwd.startsWith(withEnd(folder)));
  });
  around.sort((a, b) => b.folder.length - a.folder.length);
  return around[0]?.name ?? null;
}

function withEnd(folder: string): string {
  return folder.endsWith(path.sep) ? folder : folder + path.sep;
}
