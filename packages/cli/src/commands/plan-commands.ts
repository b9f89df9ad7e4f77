import type { Command } from 'commander';
import { calendarCommand } from './calendar-command.js';
import type { ListFlags, PauseFlags } from './plans.js';
import type { ScheduleFlags } from './schedule.js';
import type { WatchFlags } from './watch.js';

/** Adds `calendar list|schedule|watch|pause|resume`. */
export function addPlanCommands(program: Command, withFolders: (to: Command) => Command): void {
  const calendar = calendarCommand(program);
  withFolders(calendar.command('list'))
    .description('what is planned, by day, and what is in the way')
    .option('--days <number>', 'how far ahead to look (default 14)')
    .option('--json', 'as JSON')
    .action(async (flags: ListFlags) => {
      process.stdout.write(await (await import('./plans.js')).list(flags));
    });
  withFolders(calendar.command('schedule <project>'))
    .description('propose sessions for free working hours, and plan them after a yes')
    .option('-o, --objective <text>', 'what a session should achieve; may be repeated', collect)
    .option(
      '--plan <file>',
      'a text with headings and `- [ ]` objectives: a session for each heading',
    )
    .option('--phase <name>', 'what kind of work it is')
    .option('--days <number>', 'how far ahead to look (default 14)')
    .option(
      '--to <place>',
      '`own` (our own schedule, the default), a new .ics file, or the id of a calendar that can be written',
    )
    .option('-y, --yes', 'plan them without asking')
    .option('--json', 'as JSON')
    .action(async (project: string, flags: ScheduleFlags) => {
      const { schedule } = await import('./schedule.js');
      await schedule(project, flags, (text) => process.stdout.write(text));
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

function collect(text: string, before: string[] = []): string[] {
  return [...before, text];
}
