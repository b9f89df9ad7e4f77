import type { Command } from 'commander';
import { addExportCommand } from './export-command.js';
import type { ActFlags, ListFlags } from './sessions.js';

const EXAMPLES = `
Examples:
  claude-optimizer sessions                                the latest sessions
  claude-optimizer sessions list --sort cost --limit 10    the dearest
  claude-optimizer sessions search 'tool:Bash npm -test after:7d'
  claude-optimizer sessions search '"race condition" project:shop' --json
  claude-optimizer sessions show 3f2a9c41                  one, by the beginning of its id
`;

/**
 * Adds `sessions list|show|search|export|end|delete`; the first where the word stands alone
 * (`isAlone`).
 */
export function addSessionCommands(
  program: Command,
  withFolders: (to: Command) => Command,
  isAlone: boolean,
): void {
  const sessions = program
    .command('sessions')
    .description('the sessions there ever were: list, search, show, export, end, delete')
    .addHelpText('after', EXAMPLES);
  const load = () => import('./sessions.js');
  const listing = (to: Command) =>
    withFolders(to)
      .option('-n, --limit <number>', 'at most so many', '20')
      .option('--offset <number>', 'leave out so many first')
      .option('--sort <column>', 'lastAt, startedAt, title, project, cost, tokens, errors, …')
      .option('--order <order>', 'asc or desc (default desc)')
      .option('-p, --project <text>', 'only with this in the path of their project')
      .option('--model <text>', 'only with such a model')
      .option('--status <statuses>', 'only running, waiting, idle, completed, failed, interrupted')
      .option('--hidden <which>', 'no, only or all (default no)')
      .option('--json', 'as JSON');
  listing(sessions.command('list', { isDefault: isAlone }))
    .description('list sessions, the last active first')
    .action(async (flags: ListFlags) => {
      process.stdout.write(await (await load()).list(undefined, flags));
    });
  listing(sessions.command('search <words...>'))
    .description('find words in what was said and done; see docs/search.md for operators')
    .action(async (words: string[], flags: ListFlags) => {
      process.stdout.write(await (await load()).list(words.join(' '), flags));
    });
  withFolders(sessions.command('show <session>'))
    .description('show one session; the beginning of its id is enough')
    .option('--json', 'as JSON')
    .action(async (session: string, flags: ActFlags) => {
      process.stdout.write(await (await load()).show(session, flags));
    });
  addExportCommand(sessions, withFolders);
  withFolders(sessions.command('end <session...>'))
    .description('mark sessions as ended')
    .option('--json', 'as JSON')
    .action(async (ids: string[], flags: ActFlags) => {
      process.stdout.write(await (await load()).end(ids, flags));
    });
  withFolders(sessions.command('delete <session...>'))
    .description('delete sessions here; Claude Code’s own files are left alone')
    .option('--json', 'as JSON')
    .action(async (ids: string[], flags: ActFlags) => {
      process.stdout.write(await (await load()).remove(ids, flags));
    });
}
