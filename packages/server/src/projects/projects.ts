import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  OptimizerError,
  projectSchema,
  type Order,
  type Project,
} from '@claude-optimizer/protocol';
import { expandHome } from '../config/expand-home.js';
import type { PersonSettings } from '../config/person-settings.js';

/**
 * Where sessions may be started: registered projects, and folders below the allowed roots. Nothing
 * outside ever starts, whoever asks, and whatever links or `..` a path has.
 */
export class Projects {
  readonly #settings: PersonSettings;
  readonly #home: string;

  constructor(settings: PersonSettings, home: string) {
    this.#settings = settings;
    this.#home = home;
  }

  list(): readonly Project[] {
    return this.#settings.read().projects;
  }

  /** Registers a folder, by its own name unless another is given. Throws `bad_request`, `conflict`. */
  add(folder: string, name?: string): Project {
    const real = this.#realFolder(folder);
    const read = projectSchema.safeParse({ name: name ?? path.basename(real), path: real });
    if (!read.success) {
      const why = read.error.issues[0]?.message ?? '';
      throw new OptimizerError(
        'bad_request',
        `${JSON.stringify(name ?? real)} is no name: ${why}.`,
        {
          fix: 'Give the project a name of its own, such as `shop`.',
        },
      );
    }
    const project = read.data;
    this.#settings.change(({ projects }) => {
      const taken = projects.find((known) => sameName(known.name, project.name));
      if (taken && taken.path !== real) {
        throw new OptimizerError(
          'conflict',
          `${taken.name} is the name of ${taken.path} already.`,
          {
            fix: 'Choose another name, or remove that project first.',
          },
        );
      }
      return { projects: taken ? projects : [...projects, project] };
    });
    return project;
  }

  /** Takes a project off the list; its folder stays. Throws `not_found`. */
  remove(name: string): void {
    this.#settings.change(({ projects }) => {
      const kept = projects.filter((project) => !sameName(project.name, name));
      if (kept.length === projects.length) throw this.#unknown(name);
      return { projects: kept };
    });
  }

  /**
   * The real folder in which an order may run. Throws `not_found` for an unknown project and
   * `forbidden` for a folder that is neither registered nor below an allowed root.
   */
  folderOf({ project, path: wanted }: Pick<Order, 'project' | 'path'>): string {
    if (wanted !== null) return this.#allowedFolder(wanted);
    const known = this.list().find(({ name }) => project !== null && sameName(name, project));
    if (!known) throw this.#unknown(project ?? '');
    const real = this.#realFolder(known.path);
    if (real === known.path) return real;
    throw new OptimizerError('forbidden', `${known.path} leads to ${real} now.`, {
      fix: `Register it again if that is right: claude-optimizer project add ${real}`,
    });
  }

  #allowedFolder(wanted: string): string {
    const real = this.#realFolder(wanted);
    const { projects, roots } = this.#settings.read();
    const isRegistered = projects.some((project) => project.path === real);
    if (isRegistered || roots.some((root) => isBelow(this.#realRoot(root), real))) return real;
    throw new OptimizerError('forbidden', `${real} is no registered project.`, {
      fix: `If sessions may be started there: claude-optimizer project add ${real}`,
    });
  }

  #realFolder(folder: string): string {
    const expanded = expandHome(folder, this.#home);
    if (!path.isAbsolute(expanded) || expanded.includes('\0')) {
      throw new OptimizerError('bad_request', `${JSON.stringify(folder)} is no absolute path.`, {
        fix: 'Write it from the root, or from your home as ~/code/shop.',
      });
    }
    try {
      const real = realpathSync(expanded);
      if (statSync(real).isDirectory()) return real;
    } catch (cause) {
      throw noFolder(folder, cause);
    }
    throw noFolder(folder);
  }

  /** An allowed root that isn't there allows nothing. */
  #realRoot(root: string): string | null {
    try {
      return realpathSync(expandHome(root, this.#home));
    } catch {
      return null;
    }
  }

  #unknown(name: string): OptimizerError {
    const names = this.list().map((project) => project.name);
    const known = names.length > 0 ? `There are: ${names.join(', ')}. ` : '';
    return new OptimizerError('not_found', `There is no project ${JSON.stringify(name)}.`, {
      fix: `${known}Register it with: claude-optimizer project add <path>`,
    });
  }
}

function sameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function isBelow(root: string | null, folder: string): boolean {
  if (root === null) return false;
  const relative = path.relative(root, folder);
  return relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}

function noFolder(folder: string, cause?: unknown): OptimizerError {
  return new OptimizerError('bad_request', `${JSON.stringify(folder)} is no folder.`, {
    fix: 'Check the path; a project is never made by itself.',
    ...(cause !== undefined && { cause }),
  });
}
