import path from 'node:path';
import {
  archiveStatusSchema,
  OptimizerError,
  pruneAnswerSchema,
  type PruneRequest,
} from '@claude-optimizer/protocol';
import {
  archiveStatusHere,
  keptSessions,
  pruneHere,
  readConfig,
  restoreTranscripts,
  type Flags,
} from '@claude-optimizer/server';
import { daemonOf } from '../daemon-client.js';
import { pruneText, restoreText, sessionsText, statusText } from '../render-archive.js';

export type StatusFlags = Flags & { json?: boolean; sessions?: boolean };
export type PruneFlags = Flags & {
  json?: boolean;
  olderThan?: string;
  maxSize?: string;
  gone?: boolean;
  dryRun?: boolean;
};
export type RestoreFlags = Flags & {
  json?: boolean;
  to?: string;
  replaced?: boolean;
  dryRun?: boolean;
};

/** How much is kept, and with `sessions` of which. */
export async function status({ json, sessions = false, ...flags }: StatusFlags): Promise<string> {
  const { dataDir } = readConfig({ flags });
  const daemon = await daemonOf(dataDir);
  const found = daemon
    ? await daemon.get('/api/archive', archiveStatusSchema)
    : archiveStatusHere(dataDir);
  const kept = sessions ? keptSessions(dataDir) : null;
  if (json) return asJson({ running: daemon !== null, ...found, ...(kept && { kept }) });
  return statusText(found, daemon !== null) + (kept ? `\n${sessionsText(kept)}` : '');
}

/** Gives up what is asked, by the daemon where one runs. */
export async function prune({ json, ...options }: PruneFlags): Promise<string> {
  const { olderThan, maxSize, gone = false, dryRun = false, ...flags } = options;
  const { dataDir } = readConfig({ flags });
  if (olderThan === undefined && maxSize === undefined) throw nothingAsked();
  const request: PruneRequest = {
    ...(olderThan !== undefined && { olderThanDays: daysOf(olderThan) }),
    ...(maxSize !== undefined && { maxBytes: bytesOf(maxSize) }),
    ...{ gone, dryRun },
  };
  const daemon = await daemonOf(dataDir);
  const answer = daemon
    ? await daemon.ask('POST', '/api/archive/prune', pruneAnswerSchema, request)
    : await pruneHere(dataDir, request);
  return json ? asJson(answer) : pruneText(answer);
}

/** Writes sessions' transcripts back. Throws where one can't be had whole, after the others. */
export async function restore(sessions: readonly string[], options: RestoreFlags): Promise<string> {
  const { json, to, replaced = false, dryRun = false, ...flags } = options;
  const { dataDir } = readConfig({ flags });
  const target = to === undefined ? null : path.resolve(to);
  const files = restoreTranscripts(dataDir, { sessions, to: target, replaced, dryRun });
  const text = json ? asJson({ dryRun, files }) : restoreText(files, dryRun);
  const damaged = files.filter(({ outcome }) => outcome === 'damaged');
  if (damaged.length === 0) return Promise.resolve(text);
  process.stdout.write(text);
  throw new OptimizerError(
    'internal',
    `${String(damaged.length)} files are damaged and weren’t written.`,
    {
      fix: 'A backup of the data folder may have them. All other files were written.',
    },
  );
}

function daysOf(text: string): number {
  const [, days] = /^(\d{1,5})\s*d?(?:ays?)?$/u.exec(text.trim()) ?? [];
  if (days !== undefined) return Number(days);
  throw unreadable('--older-than', text, 'a number of days such as 90');
}

const UNITS = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 } as const;

function bytesOf(text: string): number {
  const [, amount, unit = 'b'] =
    /^(\d+(?:\.\d+)?)\s*([kmgt]?b)?$/u.exec(text.trim().toLowerCase()) ?? [];
  if (amount !== undefined) return Math.round(Number(amount) * UNITS[unit as keyof typeof UNITS]);
  throw unreadable('--max-size', text, 'a size such as 500MB or 2GB');
}

function unreadable(flag: string, text: string, what: string): OptimizerError {
  return new OptimizerError('config_invalid', `${flag} is ${JSON.stringify(text)}, not ${what}.`, {
    fix: `Write ${flag} ${what.replace(/^.*such as /u, '').replace(/ or .*$/u, '')}. Nothing was given up.`,
  });
}

function nothingAsked(): OptimizerError {
  return new OptimizerError('config_invalid', 'It isn’t said what is to be given up.', {
    fix: 'Write --older-than 90d or --max-size 2GB, with --dry-run to see what that means.',
  });
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
