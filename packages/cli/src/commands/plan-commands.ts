import type { Command } from 'commander';
import { calendarCommand } from './calendar-command.js';
import type { ListFlags, PauseFlags } from './plans.js';
import type { WatchFlags } from './watch.js';

/** Adds `calendar list|watch|pause|resume`. */
export function addPlanCommands(program: Command, withFolders: (to: Command) => Command): void {
  const calendar = calendarCommand(program);
  withFolders(calendar.command('list'))
    .description('what is planned, by day, and what is in the way')
    .option('--days <number>', 'how far ahead to look (default 14)')
    .option('--json', 'as JSON')
    .action(async (flags: ListFlags) => {
      process.stdout.write(await (await import('./plans.js')).list(flags));
    });
  withFolders(calendar.command('watch'))
    .description('follow the plans in the foreground, with the daemon where none is running')
    .option('--no-auto-start', 'only warn, start nothing')
    .option('-p, --port <number>', 'port to serve on; 0 picks a free one (default 3001)')
    .action(async (flags: WatchFlags) => (await import('./watch.js')).watch(flags));
  withFolders(calendar.command('pause'))
    .description('let no plan start until `calendar resume`; runs under way go on')
    .action(async (flags: PauseFlags) => {
      process.stdout.write(await (await import('./plans.js')).pause(true, flags));
    });
  withFolders(calendar.command('resume'))
    .description('let plans start again')
    .action(async (flags: PauseFlags) => {
      process.stdout.write(await (await import('./plans.js')).pause(false, flags));
    });
}
