import type { Command } from 'commander';
import type { PriceFlags } from './prices.js';

type Run = (flags: PriceFlags) => Promise<string>;

/** Adds `prices list|update|reprice|history`; the first where the word stands alone (`isAlone`). */
export function addPriceCommands(
  program: Command,
  withFolders: (to: Command) => Command,
  isAlone: boolean,
): void {
  const prices = program
    .command('prices')
    .description('what models cost here, where that comes from, and re-pricing of the history');
  const add = (name: string, what: string, run: Run, isDefault = false) =>
    withFolders(prices.command(name, { isDefault }))
      .description(what)
      .option('--json', 'as JSON')
      .action(async (flags: PriceFlags) => {
        process.stdout.write(await run(flags));
      });
  const load = () => import('./prices.js');
  add(
    'list',
    'show rates and where they come from',
    async (flags) => (await load()).list(flags),
    isAlone,
  ).option('--all', 'also models of which the history has nothing');
  add('update', 'ask for the newest list of prices, and re-price the history', async (flags) =>
    (await load()).update(flags),
  )
    .option('--dry-run', 'show what it would change, and keep nothing')
    .option('--reset', 'go back to the list that came with this version');
  add('reprice', 'give the whole history the prices of now', async (flags) =>
    (await load()).reprice(flags),
  ).option('--dry-run', 'show what it would change');
  add('history', 'show when the history got other prices', async (flags) =>
    (await load()).history(flags),
  );
}
