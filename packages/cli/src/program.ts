import { readFileSync } from 'node:fs';
import type { Flags } from '@claude-optimizer/server';
import { Command } from 'commander';
import { addArchiveCommands } from './commands/archive-commands.js';
import { addBudgetCommands } from './commands/budget-commands.js';
import { addExportCommand } from './commands/export-command.js';
import { addHookCommands } from './commands/hooks-commands.js';
import { addPlanCommands } from './commands/plan-commands.js';
import { addPriceCommands } from './commands/price-commands.js';
import { addProjectCommands } from './commands/project-commands.js';
import { addReportCommands } from './commands/report-commands.js';
import { addRunCommand } from './commands/run-commands.js';
import { addSessionCommands } from './commands/session-commands.js';
import { addSourceCommands } from './commands/source-commands.js';
import { addStatusLineCommands } from './commands/status-line-commands.js';
import { withFolders } from './with-folders.js';

const EXAMPLES = `
Examples:
  claude-optimizer                          follow ~/.claude, open http://localhost:3001
  claude-optimizer --open --demo            see what it does without any session of your own
  claude-optimizer --port 0                 on whatever port is free
  claude-optimizer --claude-dir ~/.claude,/mnt/laptop/.claude
  claude-optimizer report daily --breakdown what each day cost, by model
  claude-optimizer doctor --json            what it finds on this machine, for a program
`;

const ENVIRONMENT = `
Environment (a flag wins):
  PORT                    as --port
  CLAUDE_CONFIG_DIR       as --claude-dir
  CLAUDE_OPTIMIZER_HOME   as --data-dir
`;

const packageFile = new URL('../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };

/**
 * The command line: what can be said, and which command it calls. A word that is no command is told
 * as such, with the one that may be meant: what happens without a word isn't offered then.
 */
export function createProgram(words: readonly string[] = process.argv.slice(2)): Command {
  const isWord = (word: string | undefined) => word !== undefined && !word.startsWith('-');
  const isAlone = (command: string) => words[0] !== command || !isWord(words[1]);
  const program = new Command('claude-optimizer')
    .description('What your Claude Code sessions are doing right now: tokens, cost, objectives.')
    .version(version, '-v, --version')
    .showHelpAfterError('Run it with --help to see what it takes.');
  const starting = withFolders(program.command('start', { isDefault: !isWord(words[0]) }))
    .description('follow the transcripts and serve the dashboard (what happens without a command)')
    .option('-p, --port <number>', 'port to serve on; 0 picks a free one (default 3001)')
    .option('--host <address>', 'address of this machine to listen on (default 127.0.0.1)')
    .option('--open', 'open the dashboard in the browser')
    .option('--demo', 'show a demo instead of your own sessions')
    .option('--log-level <level>', 'trace, debug, info, warn, error, fatal or silent')
    .addHelpText('after', ENVIRONMENT)
    // Loaded on demand: help needs none of it.
    .action(async (flags: Flags) => (await import('./commands/start.js')).start(flags));
  withFolders(program.command('doctor'))
    .description('show what is found on this machine and what is in the way')
    .option('--json', 'as JSON')
    .action(async ({ json, ...flags }: Flags & { json?: boolean }) => {
      const { doctor } = await import('./commands/doctor.js');
      const { renderReport } = await import('./render-report.js');
      const report = await doctor(flags);
      process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report));
    });
  addReportCommands(program, withFolders);
  addHookCommands(program, withFolders);
  addStatusLineCommands(program, withFolders);
  addRunCommand(program, withFolders);
  addProjectCommands(program, withFolders);
  addBudgetCommands(program, withFolders, isAlone('budget'));
  addPlanCommands(program, withFolders);
  addPriceCommands(program, withFolders, isAlone('prices'));
  addSourceCommands(program, withFolders);
  addSessionCommands(program, withFolders, isAlone('sessions'));
  addArchiveCommands(program, withFolders, isAlone('archive'));
  addExportCommand(program, withFolders);
  return program.addHelpText('after', () => `${optionsOf(starting)}${ENVIRONMENT}${EXAMPLES}`);
}

/** The default command's options, so that the first `--help` tells them. */
function optionsOf(command: Command): string {
  const help = command.createHelp();
  const lines = help
    .visibleOptions(command)
    .filter((option) => option.long !== '--help')
    .map((option) => `  ${help.optionTerm(option).padEnd(24)}${help.optionDescription(option)}`);
  return `\nOptions of start:\n${lines.join('\n')}\n`;
}
