import type { Command } from 'commander';
import type { RunFlags } from './run.js';

/** Adds `run <project>`. */
export function addRunCommand(program: Command, withFolders: (to: Command) => Command): void {
  withFolders(program.command('run <project>'))
    .description('start a session in a project now, held to its limits')
    .option('-o, --objective <text>', 'what it should achieve; may be repeated', collect)
    .option('--constraint <text>', 'what it should keep to; may be repeated', collect)
    .option('--phase <name>', 'what kind of work it is')
    .option('--model <name>', 'an alias or the full name, as `claude --model` takes it')
    .option('--budget <amount>', 'the most that it may cost, in dollars: 2 or 0.50')
    .option('--tokens <number>', 'the most tokens that it may use: 200000 or 200k')
    .option('--turns <number>', 'the most turns that it may take')
    .option('--minutes <number>', 'the most time that it may take')
    .option('--on-limit <action>', 'stop, ask or finish (the objective) at a limit')
    .option('--template <file>', 'the words to start it with, instead of the configured ones')
    .option('--dry-run', 'show the prompt and the command, and start nothing')
    .option('-f, --follow', 'show what it does until it ends; the exit code is 0 if it succeeded')
    .option('--json', 'as JSON, one line per change with --follow')
    .addHelpText('after', EXAMPLES)
    .action(async (project: string, flags: RunFlags) => {
      const { run } = await import('./run.js');
      process.exitCode = await run(project, flags, (text) => process.stdout.write(text));
    });
}

const EXAMPLES = `
Examples:
  claude-optimizer run shop -o "Build auth" -o "Write tests" --budget 2 --follow
  claude-optimizer run shop -o "Fix the build" --minutes 20 --dry-run
`;

function collect(text: string, before: string[] = []): string[] {
  return [...before, text];
}
