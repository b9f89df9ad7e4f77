import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { usageKeys } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
  responses += 1;
  const folder = path.join(home, 'projects', `-${project}`);
  mkdirSync(folder, { recursive: true });
  const sessionId = `e6a1d1c1-0000-4000-8000-${project.padStart(12, '0')}`;
  const id = `m${String(responses)}`;
  const usage = { input_tokens: 1, output_tokens: 9 };
  const message = { id, model, role: 'assistant', stop_reason: 'end_turn', content: [], usage };
  const record = { type: 'assistant', uuid: id, requestId: id, sessionId, cwd: `/code/${project}` };
  const line = { ...record, timestamp: new Date(at).toISOString(), version: '2.1.100', message };
  appendFileSync(path.join(folder, `${sessionId}.jsonl`), `${JSON.stringify(line)}\n`);
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
