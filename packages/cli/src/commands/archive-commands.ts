import type { Command } from 'commander';
import type { PruneFlags, RestoreFlags, StatusFlags } from './archive.js';

/** Adds `archive status|prune|restore`; the first where the word stands alone (`isAlone`). */
export function addArchiveCommands(
  program: Command,
  withFolders: (to: Command) => Command,
  isAlone: boolean,
): void {
  const archive = program
    .command('archive')
    .description(
      'the raw transcripts that are kept compressed, also when Claude Code has deleted its own',
    );
  const load = () => import('./archive.js');
  withFolders(archive.command('status', { isDefault: isAlone }))
    .description('show how much is kept')
    .option('--sessions', 'list the sessions, too')
    .option('--json', 'as JSON')
    .action(async (flags: StatusFlags) => {
      process.stdout.write(await (await load()).status(flags));
    });
  withFolders(archive.command('prune'))
    .description('give up kept transcripts, the oldest first; those only here are spared')
    .option('--older-than <days>', 'sessions that haven’t changed for so long, as 90 or 90d')
    .option('--max-size <size>', 'until no more than this is taken, as 500MB or 2GB')
    .option('--gone', 'also sessions whose transcripts Claude Code has deleted: for good')
    .option('--dry-run', 'show what it would give up, and keep all')
    .option('--json', 'as JSON')
    .action(async (flags: PruneFlags) => {
      process.stdout.write(await (await load()).prune(flags));
    });
  withFolders(archive.command('restore <session...>'))
    .description(
      'write a session’s transcripts back where they stood; files there stay as they are',
    )
    .option('--to <folder>', 'into this folder instead, as projects/…')
    .option('--replaced', 'also what stood in a file before it was replaced')
    .option('--dry-run', 'show what it would write')
    .option('--json', 'as JSON')
    .action(async (sessions: string[], flags: RestoreFlags) => {
      process.stdout.write(await (await load()).restore(sessions, flags));
    });
}
