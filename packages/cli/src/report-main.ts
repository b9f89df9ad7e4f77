import { Command } from 'commander';
import { addReportCommands } from './commands/report-commands.js';
import { runProgram } from './run-program.js';
import { withFolders } from './with-folders.js';

// A program of its own: what the other commands need takes longer to load than a report to make.
const program = new Command('claude-optimizer').showHelpAfterError(
  'Run it with --help to see what it takes.',
);
addReportCommands(program, withFolders);
runProgram(program);
