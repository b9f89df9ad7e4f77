import { homedir } from 'node:os';
import path from 'node:path';
import { PersonSettings, Projects, readConfig, type Flags } from '@claude-optimizer/server';

export type ProjectFlags = Flags & { name?: string; json?: boolean };

/** Registers a folder; a running daemon sees it with its next look. Throws `bad_request`, `conflict`. */
export function add(folder: string, { name, json = false, ...flags }: ProjectFlags): string {
  // As the shell means it: from where the person is.
  const absolute = folder.startsWith('~') ? folder : path.resolve(folder);
  const project = projectsOf(flags).add(absolute, name);
  if (json) return `${JSON.stringify(project, null, 2)}\n`;
  return `${project.name}: sessions may be started in ${project.path}\n`;
}

/** The registered projects as text, or as JSON. */
export function list({ json = false, ...flags }: ProjectFlags): string {
  const projects = projectsOf(flags).list();
  if (json) return `${JSON.stringify(projects, null, 2)}\n`;
  if (projects.length === 0) {
    return 'No project is registered. Add one: claude-optimizer project add <path>\n';
  }
  const width = Math.max(...projects.map(({ name }) => name.length));
  return projects.map((project) => `${project.name.padEnd(width)}  ${project.path}\n`).join('');
}

/** Takes a project off the list. Throws `not_found`. */
export function remove(name: string, flags: ProjectFlags): string {
  projectsOf(flags).remove(name);
  return `${name}: no session is started there any more.\n`;
}

function projectsOf(flags: Flags): Projects {
  return new Projects(new PersonSettings(readConfig({ flags }).dataDir), homedir());
}
