import type { ArchiveStatus, PruneAnswer } from '@claude-optimizer/protocol';
import type { KeptSession, Restored } from '@claude-optimizer/server';

const STATES: Record<ArchiveStatus['state'], string> = {
  waiting: 'waits until the history is up to date',
  working: 'keeping',
  idle: 'all transcripts are kept',
  full: 'the limit is reached by sessions of the last day; nothing more is kept',
  off: 'switched off; what was kept stays',
  failed: 'can’t keep any more',
};

/** What is kept, a line for each figure. */
export function statusText(status: ArchiveStatus, isRunning: boolean): string {
  const { rawBytes, bytes, limitBytes, retentionDays, oldestAt, problem } = status;
  const state = isRunning || status.state === 'off' ? STATES[status.state] : 'no daemon runs';
  const ratio = bytes > 0 ? `, ${(rawBytes / bytes).toFixed(1)} times smaller` : '';
  const rows = [
    ['archive', status.folder],
    ['state', problem === null ? state : `${state}: ${problem}`],
    ['kept', `${count(status.sessions)} sessions in ${count(status.files)} files`],
    ['size', `${size(bytes)} of ${size(rawBytes)} of transcripts${ratio}`],
    ['only here', `${count(status.onlyHere)} sessions that Claude Code has deleted`],
    ['limit', limitBytes === null ? 'none' : size(limitBytes)],
    ['retention', retentionDays === null ? 'for ever' : `${count(retentionDays)} days`],
    ...(oldestAt === null ? [] : [['oldest', day(oldestAt)]]),
    ...(status.pending > 0 ? [['waiting', `${count(status.pending)} files`]] : []),
    ...(status.prunedSessions > 0
      ? [['given up', `${count(status.prunedSessions)} sessions${since(status.prunedAt)}`]]
      : []),
  ];
  return columns(rows);
}

/** The sessions that are kept, one to a line. */
export function sessionsText(kept: readonly KeptSession[]): string {
  if (kept.length === 0) return 'No session is kept yet.\n';
  const rows = kept.map(({ sessionId, changedAt, files, rawBytes, bytes, onlyHere }) => [
    sessionId,
    day(changedAt),
    `${count(files)} files`,
    size(rawBytes),
    size(bytes),
    onlyHere ? 'only here' : '',
  ]);
  return columns([['session', 'changed', 'of', 'transcripts', 'kept in', ''], ...rows]);
}

/** What was given up, or would be. */
export function pruneText({ dryRun, sessions, bytes, files, spared }: PruneAnswer): string {
  const rows = sessions.map((session) => [
    session.sessionId,
    day(session.changedAt),
    size(session.bytes),
    session.onlyHere ? 'was only here' : '',
  ]);
  const sparedText =
    spared === 0
      ? ''
      : `${count(spared)} sessions are only here and were spared; --gone takes them, too.\n`;
  if (files === 0) return `Nothing is to be given up.\n${sparedText}`;
  const sum = `${count(sessions.length)} sessions, ${count(files)} files, ${size(bytes)}`;
  const last = dryRun ? `Would give up ${sum}. Nothing was changed.` : `Gave up ${sum}.`;
  return `${columns(rows)}${last}\n${sparedText}`;
}

const OUTCOMES = { written: 'written', stands: 'stands already', damaged: 'damaged' } as const;

/** What was written back, or would be. */
export function restoreText(files: readonly Restored[], dryRun: boolean): string {
  const rows = files.map(({ path, bytes, outcome }) => [
    dryRun && outcome === 'written' ? 'would be written' : OUTCOMES[outcome],
    size(bytes),
    path,
  ]);
  return columns(rows);
}

function since(at: number | null): string {
  return at === null ? '' : `, last on ${day(at)}`;
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function size(bytes: number): string {
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
