import type { Flags } from '@claude-optimizer/server';
import { Option, type Command } from 'commander';
import { calendarCommand } from './calendar-command.js';
import type { AddFlags, ExportFlags, FeedFlags, SourceFlags } from './sources.js';

const JSON_FLAG = ['--json', 'as JSON'] as const;
const KINDS = `
Kinds:
  file <path>                        an .ics file, or a folder of them (watched)
  url                                a calendar by its secret address, which is asked for
  caldav <server> --username <name>  an account by CalDAV; the password is asked for
  google --client-id <id>            by an OAuth client of your own (docs/calendar.md)

Secrets are asked for without being shown, or read from stdin:
  pass show calendar | claude-optimizer calendar add url --name Work
`;

/** Adds `calendar add|sources|refresh|remove|login|logout|export|feed`. */
export function addSourceCommands(program: Command, withFolders: (to: Command) => Command): void {
  const calendar = calendarCommand(program);
  const print = async (text: Promise<string>) => void process.stdout.write(await text);
  const load = () => import('./sources.js');
  withFolders(calendar.command('add <kind> [place]'))
    .description('let a calendar start sessions; it is read once to see that it works')
    .option('--name <name>', 'how it is called')
    .addOption(
      new Option(
        '--trust <trust>',
        'what it may start: by itself, once asked, asked each time',
      ).choices(['automatic', 'confirm', 'always']),
    )
    .option('--username <name>', 'caldav: the user')
    .option('--calendar <name>', 'only this one of the account; may be repeated', collect)
    .option('--client-id <id>', 'google: of your OAuth client')
    .option('--allow-private', 'url, caldav: the server is on this machine or a private network')
    .option(...JSON_FLAG)
    .addHelpText('after', KINDS)
    .action(async (kind: string, place: string | undefined, flags: AddFlags) =>
      print((await load()).add(kind, place, flags)),
    );
  withFolders(calendar.command('sources'))
    .description('the calendars, when they were read, and what failed')
    .option(...JSON_FLAG)
    .action(async (flags: SourceFlags) => print((await load()).list(flags)));
  withFolders(calendar.command('refresh <id>'))
    .description('read a calendar now')
    .option(...JSON_FLAG)
    .action(async (id: string, flags: SourceFlags) => print((await load()).refresh(id, flags)));
  withFolders(calendar.command('remove <id>'))
    .description('forget a calendar, its plans and its secret')
    .action(async (id: string, flags: Flags) => print((await load()).remove(id, flags)));
  withFolders(calendar.command('login <id>'))
    .description('give a calendar a new login, password or address')
    .option('--client-id <id>', 'google: of your OAuth client')
    .option(...JSON_FLAG)
    .action(async (id: string, flags: AddFlags) => print((await load()).logIn(id, flags)));
  withFolders(calendar.command('logout <id>'))
    .description('revoke a login, forget it and switch the calendar off')
    .action(async (id: string, flags: Flags) => print((await load()).logOut(id, flags)));
  withFolders(calendar.command('export'))
    .description('your own schedule as an .ics that calendar apps open')
    .option('--out <file>', 'write it there instead of printing it')
    .action(async (flags: ExportFlags) => print((await load()).exportTo(flags)));
  withFolders(calendar.command('feed'))
    .description('the secret address to subscribe to your own schedule (times and projects only)')
    .option('--new', 'give it a new address; the old one leads nowhere')
    .option('--off', 'take it away')
    .action(async (flags: FeedFlags) => print((await load()).feed(flags)));
}

function collect(name: string, before: string[] = []): string[] {
  return [...before, name];
}
