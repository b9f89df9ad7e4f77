import type { Command } from 'commander';
import type { ProjectFlags } from './project.js';

/** Adds `project add|list|remove`. */
export function addProjectCommands(program: Command, withFolders: (to: Command) => Command): void {
  const project = program
    .command('project')
    .description('the folders in which sessions may be started');
  withFolders(project.command('add <path>'))
    .description('allow sessions to be started in a folder')
    .option('--name <name>', 'how plans call it (default: the name of the folder)')
    .option('--json', 'as JSON')
    .action(async (path: string, flags: ProjectFlags) => {
      process.stdout.write((await import('./project.js')).add(path, flags));
    });
  withFolders(project.command('list', { isDefault: true }))
    .description('show them')
    .option('--json', 'as JSON')
    .action(async (flags: ProjectFlags) => {
      process.stdout.write((await import('./project.js')).list(flags));
    });
  withFolders(project.command('remove <name>'))
    .description('allow it no more; the folder stays as it is')
    .action(async (name: string, flags: ProjectFlags) => {
      process.stdout.write((await import('./project.js')).remove(name, flags));
    });
}
