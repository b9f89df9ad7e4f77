import type { Command } from 'commander';
import type { HookFlags } from './hooks.js';

/** Adds `hooks install|uninstall|status`. */
export function addHookCommands(program: Command, withFolders: (to: Command) => Command): void {
  const hooks = program
    .command('hooks')
    .description("let Claude Code's hooks tell of tools and permissions at once");
  withFolders(hooks.command('install'))
    .description("add our hooks to Claude Code's settings; a copy of them is kept")
    .option('-p, --port <number>', 'port of the daemon, when none is running (default 3001)')
    .option('--dry-run', 'show the change and make none')
    .action((flags: HookFlags) => run('install', flags));
  withFolders(hooks.command('uninstall'))
    .description('take exactly our hooks out again')
    .option('--dry-run', 'show the change and make none')
    .action((flags: HookFlags) => run('uninstall', flags));
  withFolders(hooks.command('status'))
    .description('say what is installed and whether the daemon hears it')
    .option('--json', 'as JSON')
    .action((flags: HookFlags) => run('status', flags));
}

// Loaded on demand: help needs none of it.
async function run(command: 'install' | 'uninstall' | 'status', flags: HookFlags): Promise<void> {
  const hooks = await import('./hooks.js');
  process.stdout.write(await hooks[command](flags));
}
