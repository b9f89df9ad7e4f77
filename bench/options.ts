import { parseArgs } from 'node:util';

export const PARTS = [
  'ready',
  'first',
  'restart',
  'commands',
  'memory',
  'live',
  'paint',
  'page',
  'sessions',
  'conversation',
  'hooks',
  'replay',
  'line',
  'peers',
  'ccusage',
] as const;
export type Part = (typeof PARTS)[number];

/** Sessions and megabytes of a generated tree. */
export const SIZES = {
  S: { sessions: 100, megabytes: 50 },
  M: { sessions: 1_000, megabytes: 500 },
  L: { sessions: 4_000, megabytes: 2_000 },
  /** Many and as small as they get, 240 MB in all: what a list of sessions is measured on. */
  T: { sessions: 10_000, megabytes: 60 },
} as const;

export type Options = {
  size: keyof typeof SIZES;
  /** A tree that is there already; it is only read. */
  tree: string | null;
  parts: readonly Part[];
  seconds: number;
  json: string | null;
};

export const HELP = `npm run bench -- [options]

  --size S|M|L|T    tree to generate: 100 sessions 50 MB, 1,000 sessions 500 MB (default),
                    4,000 sessions 2,000 MB, 10,000 small sessions 240 MB
  --tree DIR        a Claude Code folder that is there already (contains projects/); only read
  --only a,b        parts to run: ${PARTS.join(', ')} (default: all)
  --seconds N       how long each live measurement writes (default 20)
  --json FILE       write the figures there too
`;

/** Options from the command line; throws with what is wrong. */
export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      size: { type: 'string', default: 'M' },
      tree: { type: 'string' },
      only: { type: 'string', default: PARTS.join(',') },
      seconds: { type: 'string', default: '20' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const size = oneOf(['S', 'M', 'L', 'T'] as const, values.size, '--size');
  const parts = values.only.split(',').map((part) => oneOf(PARTS, part.trim(), '--only'));
  const seconds = Number(values.seconds);
  if (!(seconds >= 2 && seconds <= 600)) throw new Error('--seconds is from 2 to 600');
  return { size, tree: values.tree ?? null, parts, seconds, json: values.json ?? null };
}

function oneOf<T extends string>(choices: readonly T[], value: string, flag: string): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new Error(`${flag}: ${value} is none of ${choices.join(', ')}`);
  return found;
}
