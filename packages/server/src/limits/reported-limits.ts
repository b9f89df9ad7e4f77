import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ReportedLimit, ReportedLimits, ToldLimits } from '@claude-optimizer/core/report';

/** Resets of the same window are told within this of each other. */
const SAME_RESET_MS = 60_000;
/** In the data folder: what the client last told of the provider's limits. */
const FILE = 'limits.json';
const KINDS = ['five_hour', 'seven_day'] as const;

/** What was told of the limits; nothing where it never was or can't be read. */
export function readReportedLimits(dataDir: string): ReportedLimits {
  try {
    return known(JSON.parse(readFileSync(path.join(dataDir, FILE), 'utf8')));
  } catch {
    return {};
  }
}

/**
 * Keeps what the client tells, on its status line or in the stream of a launched session. A file is
 * handed over, not a request sent: it costs a millisecond, can't hang, and needs no daemon. `now`
 * in epoch ms; what says nothing is ignored.
 */
export function keepReportedLimits(dataDir: string, limits: ToldLimits, now: number): void {
  const before = readReportedLimits(dataDir);
  const told = newsOf(limits, before, now);
  if (Object.keys(told).length === 0) return;
  const file = path.join(dataDir, FILE);
  const draft = `${file}.${String(process.pid)}`;
  writeFileSync(draft, JSON.stringify({ ...before, ...told }), {
    mode: 0o600,
  });
  renameSync(draft, file);
}

/**
 * Without what is out of date: each session repeats what it was told with its own last response,
 * however long ago, while others go on. Within a window the percentage only grows.
 */
function newsOf(told: ToldLimits, before: ReportedLimits, now: number): ReportedLimits {
  const news: ReportedLimits = {};
  for (const kind of KINDS) {
    const limit = told[kind];
    const last = before[kind];
    if (!limit || limit.resetsAt <= now) continue;
    const same = last && Math.abs(last.resetsAt - limit.resetsAt) <= SAME_RESET_MS;
    if (!same || limit.usedPercentage >= last.usedPercentage) {
      news[kind] = { ...limit, reportedAt: now };
    }
  }
  return news;
}

/**
 * The limits as the status line's JSON has them (`rate_limits`: percentages, and resets as epoch
 * seconds or ISO times).
 */
export function fromStatusLine(rateLimits: unknown): ToldLimits {
  const limits: ToldLimits = {};
  for (const kind of KINDS) {
    const limit = fieldsOf(fieldsOf(rateLimits)?.[kind]);
    const usedPercentage = limit?.['used_percentage'];
    const resetsAt = timeOf(limit?.['resets_at']);
    if (typeof usedPercentage !== 'number' || resetsAt === null) continue;
    limits[kind] = { usedPercentage, resetsAt };
  }
  return limits;
}

function known(content: unknown): ReportedLimits {
  const limits: ReportedLimits = {};
  for (const kind of KINDS) {
    const limit = fieldsOf(fieldsOf(content)?.[kind]);
    const numbers = [limit?.['usedPercentage'], limit?.['resetsAt'], limit?.['reportedAt']];
    if (numbers.every(Number.isFinite)) limits[kind] = limit as unknown as ReportedLimit;
  }
  return limits;
}

function fieldsOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}

function timeOf(value: unknown): number | null {
  // Seconds since 1970 are a number of ten digits; of milliseconds there would be thirteen.
  if (typeof value === 'number') return Math.round(value < 1e12 ? value * 1_000 : value);
  const ms = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(ms) ? null : ms;
}
