import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { OptimizerError } from '@claude-optimizer/protocol';
import { expandHome } from './expand-home.js';
import type { Setting } from './setting.js';

/**
 * The folders in which Claude Code keeps `projects`: those of the setting (comma separated), else
 * the usual ones that exist. One that doesn't exist yet is fine: it is watched for.
 */
export function readClaudeDirs(setting: Setting | undefined, home: string): readonly string[] {
  const dirs = setting === undefined ? usualDirs(home) : namedDirs(setting, home);
  // One is often a link to the other; the same files must not be read under two names.
  const places = dirs.map((dir) => (existsSync(dir) ? realpathSync(dir) : dir));
  return Object.freeze(dirs.filter((_, index) => places.indexOf(places[index] ?? '') === index));
}

function usualDirs(home: string): string[] {
  const first = path.join(home, '.claude');
  const found = [first, path.join(home, '.config', 'claude')].filter(isFolder);
  return found.length > 0 ? found : [first];
}

function namedDirs(setting: Setting, home: string): string[] {
  const names = setting.value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw refused(setting, 'it names no folder');
  return names.map((name) => {
    const dir = path.resolve(expandHome(name, home));
    if (existsSync(dir) && !isFolder(dir)) throw refused(setting, `${dir} is not a folder`);
    // Whoever names `projects` itself means the folder around it.
    const isProjects = path.basename(dir) === 'projects' && !isFolder(path.join(dir, 'projects'));
    return isProjects ? path.dirname(dir) : dir;
  });
}

function isFolder(dir: string): boolean {
  return statSync(dir, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function refused(setting: Setting, why: string): OptimizerError {
  return new OptimizerError(
    'config_invalid',
    `${setting.source} is ${JSON.stringify(setting.value)}, but ${why}.`,
    { fix: 'Name the folder that contains `projects`, such as ~/.claude.' },
  );
}
