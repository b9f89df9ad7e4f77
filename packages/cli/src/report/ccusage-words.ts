import { OptimizerError } from '@claude-optimizer/protocol';
import { Option, type Command } from 'commander';
import type { ReportKind } from './options.js';

type Word = { flags: string; says: string; only?: readonly ReportKind[] };

/** What ccusage's other options are here; `--opt [value]`, so that a value isn't taken for a kind. */
const WORDS: readonly Word[] = [
  {
    flags: '-i, --instances',
    says: 'By project: claude-optimizer report project --breakdown, or --project <path> for one.',
    only: ['daily', 'weekly', 'monthly'],
  },
  {
    flags: '-i, --id <id>',
    says: 'One session: claude-optimizer sessions show <id>; its beginning is enough.',
    only: ['session'],
  },
  {
    flags: '-m, --mode [mode]',
    says: 'Every cost is calculated from tokens; `claude-optimizer doctor` compares it with Claude Code’s own sums.',
  },
  {
    flags: '-d, --debug',
    says: '`claude-optimizer doctor` shows where costs differ from Claude Code’s own, and why.',
  },
  {
    flags: '--no-offline',
    says: 'A report never asks the network; `claude-optimizer prices update` does, once, when you say it.',
  },
  {
    flags: '--config <file>',
    says: 'Settings are read from config.json in the data folder (--data-dir).',
  },
  {
    flags: '-w, --start-of-week [day]',
    says: 'Weeks begin on Monday.',
    only: ['weekly'],
  },
  {
    flags: '-t, --token-limit <tokens>',
    says: 'The provider doesn’t say what its limit is. Its own percentages are on the Usage page, once `claude-optimizer statusline install` was said.',
    only: ['blocks'],
  },
  {
    flags: '-n, --session-length [hours]',
    says: 'A window lasts 5 hours: that is the provider’s.',
    only: ['blocks'],
  },
  { flags: '-q, --jq <query>', says: 'Hand it on: … --json | jq <query>.' },
  { flags: '--locale <name>', says: 'Days are written as YYYY-MM-DD, whatever the language.' },
];

/** Adds them, unseen in the help; `kind` is null for `report`, whose kind is told later. */
export function addCcusageWords(command: Command, kind: ReportKind | null): void {
  for (const { flags, only } of WORDS) {
    const fits = only === undefined || (kind !== null && only.includes(kind));
    if (fits) command.addOption(new Option(flags).hideHelp());
  }
}

/** Throws `bad_request` for one that was said, with what to say here instead. */
export function refuseCcusageWords(command: Command): void {
  for (const option of command.options) {
    const word = WORDS.find(({ flags }) => flags === option.flags);
    if (word === undefined || command.getOptionValueSource(option.attributeName()) !== 'cli') {
      continue;
    }
    // `--offline` and `--no-offline` are two options with one name.
    if (option.negate && command.getOptionValue(option.attributeName()) !== false) continue;
    const name = option.long ?? option.flags;
    throw new OptimizerError('bad_request', `There is no ${name} here.`, { fix: word.says });
  }
}
