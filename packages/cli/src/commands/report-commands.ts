import type { Command } from 'commander';
import { addCcusageWords, refuseCcusageWords } from '../report/ccusage-words.js';
import { reportKinds, type ReportFlags, type ReportKind } from '../report/options.js';

/** Those that people know from ccusage, at the top level too. */
const ALIASES = ['daily', 'weekly', 'monthly', 'session', 'blocks'] as const;

const DESCRIPTIONS: Record<(typeof ALIASES)[number], string> = {
  daily: 'tokens and cost by day',
  weekly: 'tokens and cost by week, named by its Monday',
  monthly: 'tokens and cost by month',
  session: 'tokens and cost by session, with project and title',
  blocks: "the provider's 5-hour windows, with pace and forecast of the open one",
};

/** Adds `report [kind]`, and its most used kinds as commands of their own. */
export function addReportCommands(program: Command, withFolders: (to: Command) => Command): void {
  const kinds = reportKinds.join(', ');
  options(withFolders(program.command('report [kind]')), null)
    .description(`tokens and cost: ${kinds} (default daily)`)
    .action((kind: string | undefined, flags: ReportFlags, command: Command) =>
      run(kind ?? 'daily', flags, command),
    );
  for (const kind of ALIASES) {
    options(withFolders(program.command(kind, { hidden: true })), kind)
      .description(`${DESCRIPTIONS[kind]} (report ${kind})`)
      .action((flags: ReportFlags, command: Command) => run(kind, flags, command));
  }
}

function options(command: Command, kind: ReportKind | null): Command {
  command
    .option('-s, --since <day>', 'from this day on (YYYY-MM-DD or YYYYMMDD)')
    .option('-u, --until <day>', 'up to this day, included')
    .option('--last <number>', 'only so many days, weeks or months, this one included')
    .option('-z, --timezone <zone>', "zone in which days begin (default: this machine's)")
    .option('-p, --project <path>', 'only this project: its path or its last folder')
    .option('--model <name>', 'only this model')
    .option('-b, --breakdown', 'each row by model (models and tools: by project)')
    .option('-o, --order <order>', 'asc or desc')
    .option('-j, --json', 'as JSON: {rows, totals}')
    .option('--csv', 'as CSV')
    .option('--live', 'again at each change, until Ctrl-C')
    .option('--compact', 'short numbers')
    .option('--color', 'with colours, also where it is no terminal')
    .option('--no-color', 'without colours (also: NO_COLOR)')
    .option('-a, --active', 'blocks: only the open window')
    .option('-r, --recent', 'blocks: only those of the last 3 days')
    .option('-O, --offline', 'always so; taken for those who are used to it');
  addCcusageWords(command, kind);
  return command;
}

async function run(kind: string, flags: ReportFlags, command: Command): Promise<void> {
  refuseCcusageWords(command);
  const { kindOf } = await import('../report/options.js');
  const known = kindOf(kind);
  const { report } = await import('./report.js');
  await report(known, flags);
}
