import type { Command } from 'commander';
import type { BudgetFlags } from './budget.js';

/** Adds `budget show|set`; the first where the word stands alone (`isAlone`). */
export function addBudgetCommands(
  program: Command,
  withFolders: (to: Command) => Command,
  isAlone: boolean,
): void {
  const budget = program
    .command('budget')
    .description('what sessions and launched runs may cost at most');
  withFolders(budget.command('show', { isDefault: isAlone }))
    .description('show what is set')
    .option('--json', 'as JSON')
    .action(async (flags: BudgetFlags) => {
      process.stdout.write((await import('./budget.js')).show(flags));
    });
  withFolders(budget.command('set <amount>'))
    .description('set one, in dollars; `none` takes it away')
    .option('--session <id>', 'of one session')
    .option('--project <name>', 'of every session in a registered project')
    .option('--default', 'of every session that you start by hand')
    .option('--day', 'of all launched runs of a day')
    .option('--week', 'of all launched runs of a week, from Monday')
    .action(async (amount: string, flags: BudgetFlags) => {
      process.stdout.write(await (await import('./budget.js')).set(amount, flags));
    });
}
