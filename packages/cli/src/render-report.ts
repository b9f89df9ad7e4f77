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
    ...report.problems.map(({ message, fix }) => `\n${colors.yellow('!')} ${message}\n  ${fix}`),
    '',
  ].join('\n');
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
