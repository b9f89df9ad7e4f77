import { fileURLToPath } from 'node:url';
import type { Flags } from '@claude-optimizer/server';
import type { Command } from 'commander';

type StatusLineFlags = Flags & { dryRun?: boolean };

/** Adds `statusline`, which bin/claude-optimizer.js answers by itself, and its installation. */
export function addStatusLineCommands(
  program: Command,
  withFolders: (to: Command) => Command,
): void {
  const line = program
    .command('statusline')
    .description("print Claude Code's status line: cost, today, context, window (JSON on stdin)")
    .option('--data-dir <folder>', 'where what was read is kept');
  withFolders(line.command('install'))
    .description("make it the status line in Claude Code's settings; yours is kept")
    .option('--dry-run', 'show the change and make none')
    .action((_, command: Command) => run('install', command));
  withFolders(line.command('uninstall'))
    .description('take it out again and put back what was there before')
    .option('--dry-run', 'show the change and make none')
    .action((_, command: Command) => run('uninstall', command));
}

async function run(what: 'install' | 'uninstall', command: Command): Promise<void> {
  const { installStatusLine, platformDataDir, readConfig, uninstallStatusLine } =
    await import('@claude-optimizer/server');
  const { renderChanges } = await import('../render-hooks.js');
  // `statusline` has a --data-dir too, and takes the one that stands behind `install`.
  const { dryRun = false, ...flags } = command.optsWithGlobals<StatusLineFlags>();
  const config = readConfig({ flags });
  const how = { dryRun, now: Date.now() };
  const named = config.dataDir === platformDataDir() ? undefined : config.dataDir;
  const changes =
    what === 'install'
      ? installStatusLine(config, commandLine(named), how)
      : uninstallStatusLine(config, how);
  process.stdout.write(renderChanges(changes, dryRun));
}

/** How the client calls us, wherever it runs and whatever its environment says. */
function commandLine(dataDir: string | undefined): string {
  const bin = fileURLToPath(new URL('../bin/claude-optimizer.js', import.meta.url));
  const call = `"${process.execPath}" "${bin}" statusline`;
  return dataDir === undefined ? call : `${call} --data-dir "${dataDir}"`;
}
