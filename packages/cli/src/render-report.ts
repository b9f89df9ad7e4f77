import { formatCost } from '@claude-optimizer/protocol';
import type { DoctorReport } from '@claude-optimizer/server';
import colors from 'picocolors';

/** The doctor's report for a person at the terminal. */
export function renderReport(report: DoctorReport): string {
  const { version, node, claudeDirs, store, malformed, daemon, dashboard, claude } = report;
  const facts: [string, string][] = [
    ['version', `${version} on Node ${node}`],
    ...claudeDirs.map((dir): [string, string] => ['Claude folder', claudeDir(dir)]),
    ['store', storeText(store)],
    ['daemon', daemon ? `running at ${daemon.url ?? '…'} (process ${daemon.pid})` : 'not running'],
    ['dashboard', dashboard.built ? dashboard.path : 'not built'],
    ['claude', claude ?? 'not on the PATH'],
    ['malformed lines', count(malformed.total)],
  ];
  const lines = malformed.lines.map(
    ({ file, byteOffset, reason }) => `  ${file} ${colors.dim(`byte ${byteOffset}:`)} ${reason}`,
  );
  const more = malformed.total - malformed.lines.length;
  return [
    ...facts.map(([name, text]) => `${colors.bold(name.padEnd(17))}${text}`),
    ...lines,
    ...(more > 0 ? [`  and ${count(more)} more`] : []),
    ...(report.costs ? costLines(report.costs) : []),
    ...report.problems.map(({ message, fix }) => `\n${colors.yellow('!')} ${message}\n  ${fix}`),
    '',
  ].join('\n');
}

function costLines(costs: NonNullable<DoctorReport['costs']>): string[] {
  const { compared, differ, differences, incomplete, override } = costs;
  const says = differ === 0 ? 'all agree' : `${count(differ)} differ`;
  const more = differ - differences.length;
  return [
    `${colors.bold('client’s own sums'.padEnd(17))} ${count(compared)} sessions, ${says}`,
    ...differences.flatMap(differenceLines),
    ...(more > 0 ? [`  and ${count(more)} more, older`] : []),
    ...(incomplete > 0
      ? [
          `${colors.bold('output incomplete'.padEnd(17))} ${count(incomplete)} responses: more was used than is known`,
        ]
      : []),
    ...(override
      ? [
          `\n${colors.yellow('!')} These prices in config.json would settle it, if the client is right:`,
          `  ${JSON.stringify(override)}`,
          '  Then: claude-optimizer prices reprice --dry-run',
        ]
      : []),
  ];
}

const NO_PRICE = 'it has no known price here; `prices` in config.json can give it one';

type Difference = NonNullable<DoctorReport['costs']>['differences'][number];

function differenceLines(difference: Difference): string[] {
  const { sessionId, oursMicrodollars, clientsMicrodollars, models } = difference;
  const ours = formatCost(oursMicrodollars, { exact: true });
  const clients = formatCost(clientsMicrodollars, { exact: true });
  const head = `  ${sessionId} ${colors.dim(`ours ${ours}, Claude Code ${clients}`)}`;
  if (models.length === 0) return [`${head}: its transcript is gone or says no more`];
  return [head, ...models.map((model) => `    ${reasonOf(model)}`)];
}

function reasonOf({ model, kinds, rate, costMicrodollars }: Difference['models'][number]): string {
  if (rate)
    return `${model}: ${rate.rate} costs ${String(rate.clients)} instead of ${String(rate.ours)}`;
  const words = kinds.map(
    ({ kind, ours, clients }) => `${kind} ${count(ours)}, Claude Code ${count(clients)}`,
  );
  const priced = costMicrodollars === null ? NO_PRICE : 'no single price explains it';
  return `${model}: ${words.length > 0 ? words.join('; ') : priced}`;
}

function claudeDir({ path, exists, transcripts, bytes }: DoctorReport['claudeDirs'][number]) {
  if (!exists) return `${path} (not there yet)`;
  return `${path} (${count(transcripts)} transcripts, ${megabytes(bytes)})`;
}

function storeText({ path, exists, bytes, holds }: DoctorReport['store']): string {
  if (!exists) return `${path} (not there yet)`;
  if (!holds) return `${path} (${megabytes(bytes)}, can't be opened)`;
  const { sessions, events, filesRead } = holds;
  const held = `${count(sessions)} sessions, ${count(events)} events, ${count(filesRead)} files read`;
  return `${path} (${megabytes(bytes)}: ${held})`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB`;
}
