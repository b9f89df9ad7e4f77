import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { usageKeys } from '@claude-optimizer/protocol';
import { openSqliteStore } from '@claude-optimizer/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hasOtherPrices } from '../prices/reprice.js';
import { findUnread } from './find-unread.js';
import { blockReport, sessionReport } from './kinds.js';
import { openSource, type ReportSource } from './open-source.js';
import { usageReport } from './usage-report.js';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const open: ReportSource[] = [];
let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'source-'));
});
afterEach(async () => {
  for (const source of open.splice(0)) await source.close();
  rmSync(home, { recursive: true, force: true });
});

let responses = 0;

/** A response of one token in, at a time, in the only session of a project. */
function respond(project: string, at: number, model = 'claude-sonnet-4-5'): void {
  respondAt(project, [at], model);
}

function respondAt(project: string, times: readonly number[], model: string): void {
  const folder = path.join(home, 'projects', `-${project}`);
  mkdirSync(folder, { recursive: true });
  const lines = times.map((at) => lineAt(project, at, model));
  appendFileSync(path.join(folder, `${sessionOf(project)}.jsonl`), lines.join(''));
}

function sessionOf(project: string): string {
  return `e6a1d1c1-0000-4000-8000-${project.padStart(12, '0')}`;
}

function lineAt(project: string, at: number, model: string): string {
  responses += 1;
  const sessionId = sessionOf(project);
  const id = `m${String(responses)}`;
  const usage = { input_tokens: 1, output_tokens: 9 };
  const message = { id, model, role: 'assistant', stop_reason: 'end_turn', content: [], usage };
  const record = { type: 'assistant', uuid: id, requestId: id, sessionId, cwd: `/code/${project}` };
  const line = { ...record, timestamp: new Date(at).toISOString(), version: '2.1.100', message };
  return `${JSON.stringify(line)}\n`;
}

async function sourceOf(needsStore: boolean): Promise<ReportSource> {
  const source = await openSource({
    claudeDirs: [home],
    dataDir: path.join(home, 'data'),
    needsStore,
    follow: false,
    now: () => NOW,
    onProgress: () => {},
  });
  open.push(source);
  return source;
}

test.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])(
  'counts each response on the day that a clock in %s shows, with and without a store',
  async (timezone) => {
    // Each quarter of an hour around every change of the clocks in 2026, and a leap day.
    const days = [
      '2026-03-08',
      '2026-03-29',
      '2026-04-05',
      '2026-10-04',
      '2026-10-25',
      '2026-11-01',
    ];
    const expected = new Map<string, number>();
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short' });
    for (const day of [...days, '2024-02-29']) {
      const noon = Date.parse(`${day}T12:00:00Z`);
      for (let quarter = -120; quarter < 120; quarter += 1) {
        const at = noon + quarter * 900_000 + 1;
        respond('1', at);
        expected.set(clock.format(at), (expected.get(clock.format(at)) ?? 0) + 1);
      }
    }
    for (const needsStore of [false, true]) {
      const source = await sourceOf(needsStore);
      const { rows } = await usageReport(source.usage, { by: ['day'], timezone }, NOW);
      expect(new Map(rows.map(({ day = '', messages }) => [day, messages]))).toEqual(expected);
      const query = { by: ['month'] as const, timezone, since: '2024-02-01', until: '2024-02-29' };
      const leap = await usageReport(source.usage, query, NOW);
      const february = [...expected].filter(([day]) => day.startsWith('2024-02'));
      expect(leap.totals.messages).toBe(february.reduce((sum, [, count]) => sum + count, 0));
    }
  },
);

// By hand: a day has 24 hours, but 23 when the clocks go forward and 25 when they go back.
const CHANGES: Record<string, readonly { day: string; inDay: number; inMonth: number }[]> = {
  'Europe/Berlin': [
    { day: '2026-03-29', inDay: 23, inMonth: 743 },
    { day: '2026-10-25', inDay: 25, inMonth: 745 },
  ],
  'America/New_York': [
    { day: '2026-03-08', inDay: 23, inMonth: 743 },
    { day: '2026-11-01', inDay: 25, inMonth: 721 },
  ],
  'Australia/Sydney': [
    { day: '2026-04-05', inDay: 25, inMonth: 721 },
    { day: '2026-10-04', inDay: 23, inMonth: 743 },
  ],
};

test.each(Object.entries(CHANGES))(
  'gives days, weeks and months in %s as many hours as they have',
  async (timezone, changes) => {
    const from = Date.UTC(2025, 11, 1);
    const hours = Array.from({ length: 400 * 24 }, (_, hour) => from + hour * 3_600_000);
    const leap = Array.from({ length: 60 * 24 }, (_, hour) => Date.UTC(2028, 0, 20, hour));
    respondAt('1', [...hours, ...leap], 'claude-sonnet-4-5');
    const { usage } = await sourceOf(false);
    const counts = async (by: 'day' | 'week' | 'month') => {
      const { rows } = await usageReport(usage, { by: [by], timezone }, NOW);
      return new Map(rows.map((row) => [row[by], row.messages]));
    };
    const [days, weeks, months] = [
      await counts('day'),
      await counts('week'),
      await counts('month'),
    ];
    for (const { day, inDay, inMonth } of changes) {
      const sunday = Date.parse(day);
      const at = (days: number) => new Date(sunday + days * 86_400_000).toISOString().slice(0, 10);
      expect([at(-1), day, at(1)].map((of) => days.get(of))).toEqual([24, inDay, 24]);
      // Clocks change on a Sunday, the last day of the week that its Monday names.
      expect(weeks.get(at(-6))).toBe(7 * 24 + inDay - 24);
      expect(weeks.get(at(1))).toBe(7 * 24);
      expect(months.get(day.slice(0, 7))).toBe(inMonth);
    }
    expect(months.get('2028-02')).toBe(29 * 24);
    expect(days.get('2028-02-29')).toBe(24);
    const february = { by: ['month'] as const, timezone, since: '2028-02-01', until: '2028-02-29' };
    expect((await usageReport(usage, february, NOW)).rows).toMatchObject([
      { month: '2028-02', messages: 29 * 24 },
    ]);
  },
);

test('splits a session over midnight by the clock of the zone', async () => {
  // Midnight in Berlin, where September begins; still August in New York.
  for (const time of ['21:58', '21:59', '22:00', '22:01', '22:02'])
    respond('1', Date.parse(`2026-08-31T${time}:00Z`));
  for (const needsStore of [false, true]) {
    const { usage } = await sourceOf(needsStore);
    const rowsBy = async (by: 'day' | 'week' | 'month', timezone: string) => {
      const { rows } = await usageReport(usage, { by: [by, 'session'], timezone }, NOW);
      return rows.map((row) => [row[by], row.sessionId, row.messages]);
    };
    const id = sessionOf('1');
    expect(await rowsBy('day', 'Europe/Berlin')).toEqual([
      ['2026-08-31', id, 2],
      ['2026-09-01', id, 3],
    ]);
    expect(await rowsBy('month', 'Europe/Berlin')).toEqual([
      ['2026-08', id, 2],
      ['2026-09', id, 3],
    ]);
    expect(await rowsBy('week', 'Europe/Berlin')).toEqual([['2026-08-31', id, 5]]);
    expect(await rowsBy('month', 'America/New_York')).toEqual([['2026-08', id, 5]]);
  }
});

test('splits a session over the night to a Monday between two weeks', async () => {
  for (const time of ['15T23:59', '16T00:00', '16T00:01'])
    respond('1', Date.parse(`2026-03-${time}:00Z`));
  const { usage } = await sourceOf(false);
  const weeks = async (timezone: string) => {
    const { rows } = await usageReport(usage, { by: ['week'], timezone }, NOW);
    return rows.map(({ week, messages }) => [week, messages]);
  };
  expect(await weeks('UTC')).toEqual([
    ['2026-03-09', 1],
    ['2026-03-16', 2],
  ]);
  expect(await weeks('America/New_York')).toEqual([['2026-03-09', 3]]);
});

test('answers the same from a scan as from the store, by every key', async () => {
  for (let hour = 0; hour < 60; hour += 1) {
    const model = hour % 3 === 0 ? 'claude-opus-4-5' : 'claude-future-9';
    respond(String(hour % 4), NOW - hour * 3_600_000, model);
  }
  const scanned = await sourceOf(false);
  expect(scanned.store).toBeNull();
  expect(existsSync(path.join(home, 'data'))).toBe(false);
  const stored = await sourceOf(true);
  const again = await sourceOf(false);
  expect(again.store).not.toBeNull();
  for (const key of usageKeys) {
    const query = { by: [key, 'model'] as const, timezone: 'Asia/Kathmandu' };
    const report = await usageReport(scanned.usage, query, NOW);
    expect(report.totals.messages).toBe(60);
    expect(await usageReport(stored.usage, query, NOW)).toEqual(report);
    expect(await usageReport(again.usage, query, NOW)).toEqual(report);
  }
});

test('reads what is new into a store that was nearly up to date', async () => {
  for (let hour = 0; hour < 40; hour += 1) respond('1', NOW - hour * 3_600_000);
  await (await sourceOf(true)).close();
  open.pop();
  respond('1', NOW);
  const source = await sourceOf(false);
  if (!source.store) throw new Error('no store');
  const unread = findUnread([home], source.store.filesRead());
  expect(unread).toMatchObject({ files: 0, bytes: 0 });
  expect((await usageReport(source.usage, { by: [] }, NOW)).totals.messages).toBe(41);
  const { rows } = await sessionReport(source.store, {}, false, NOW);
  expect(rows).toMatchObject([{ messages: 41, project: '/code/1', lastAt: NOW }]);
});

test('makes a store whose prices are those of now', async () => {
  respond('1', NOW);
  await (await sourceOf(true)).close();
  open.pop();
  const store = await openSqliteStore(path.join(home, 'data', 'optimizer.db'));
  try {
    expect(await hasOtherPrices(store)).toBe(false);
  } finally {
    await store.close();
  }
});

test('shows a project within the windows that the whole account opened', async () => {
  respond('1', Date.parse('2026-11-30T08:20:00Z'));
  respond('2', Date.parse('2026-11-30T12:30:00Z'));
  respond('2', Date.parse('2026-11-30T13:10:00Z'));
  const { usage } = await sourceOf(false);
  const whole = { breakdown: false, activeOnly: false };
  const { rows } = await blockReport(usage, { project: '2', timezone: 'UTC' }, whole, NOW);
  expect(rows.map(({ startsAt, messages }) => [startsAt, messages])).toEqual([
    [Date.parse('2026-11-30T08:00:00Z'), 1],
    [Date.parse('2026-11-30T13:00:00Z'), 1],
  ]);
  const none = await blockReport(usage, { since: '2026-12-01', timezone: 'UTC' }, whole, NOW);
  expect(none).toMatchObject({ rows: [], totals: { messages: 0, costMicrodollars: 0 } });
});
