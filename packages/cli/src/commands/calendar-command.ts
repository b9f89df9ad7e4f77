import type { Command } from 'commander';

/** The `calendar` command, made by whoever adds to it first. */
export function calendarCommand(program: Command): Command {
  return (
    program.commands.find((command) => command.name() === 'calendar') ??
    program.command('calendar').description('sessions that start by themselves, from calendars')
  );
}
