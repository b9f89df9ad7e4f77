import fs from 'node:fs';
import path from 'node:path';
import {
  auditListSchema,
  calendarListSchema,
  scheduleSchema,
  type Schedule,
} from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { axeFindings } from '../browser/axe.js';
import { skipWithoutChromium, useBrowser } from '../browser/chromium.js';
import { seenHeading } from '../browser/seen.js';
import { skipWithoutClaude } from '../claude/play.js';
import { fetchDetail } from '../support/api.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import type { Daemon } from '../support/daemon.js';
import { until } from '../support/until.js';
import { bash, prepareLaunch, send, text } from './launched.js';

const defer = undoAfter('each');
const FIRST = 'Build the gate';
const SECOND = 'Paint the gate';
const done = text(`✓ Completed: ${FIRST}\n✓ Completed: ${SECOND}\nAll done.`);
const DAY = 86_400_000;

const scheduleOf = async ({ url }: Daemon): Promise<Schedule> => {
  const query = `from=${String(Date.now() - DAY)}&to=${String(Date.now() + DAY)}`;
  return scheduleSchema.parse(await (await fetch(`${url}/api/schedule?${query}`)).json());
};
/** An event as a phone writes it, in UTC. */
function icsOf(startsAt: number, lines: string[] = [], title = 'Claude: gate — Build'): string {
  const stamp = (at: number) =>
    `${new Date(at)
      .toISOString()
      .replace(/[-:]|\.\d+/gu, '')
      .slice(0, 15)}Z`;
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:event-1',
    `DTSTART:${stamp(startsAt)}`,
    `DTEND:${stamp(startsAt + 600_000)}`,
    `SUMMARY:${title}`,
    `DESCRIPTION:model: sonnet\\nbudget: $2\\n- [ ] ${FIRST}\\n- [ ] ${SECOND}`,
    ...lines,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

async function withCalendar(ics: string) {
  const launch = await prepareLaunch({ turns: [[done]] }, defer);
  const file = path.join(tempFolder(defer), 'work.ics');
  fs.writeFileSync(file, ics);
  const daemon = await launch.start();
  await send(daemon.url, '/api/calendars', { kind: 'ics-file', name: 'Work', path: file });
  const planned = await until('the plan to be read', async () => {
    const { plans } = await scheduleOf(daemon);
    return plans[0] ?? null;
  });
  return { ...launch, daemon, file, planned };
}

describe.skipIf(skipWithoutClaude || skipWithoutChromium)('an event on the pages', () => {
  const open = useBrowser();

  it('is warned of, confirmed, started on time, watched live, and compared with its plan', async () => {
    // It goes on until it has been seen.
    const waits = bash('until [ -e seen ]; do sleep 0.1; done');
    const first = text(`✓ Completed: ${FIRST}`);
    const settings = { launcher: { allowedTools: ['Bash'] } };
    const turns = [[first, waits], [done]];
    const launch = await prepareLaunch({ turns, settings }, defer);
    const daemon = await launch.start();
    await daemon.ready();
    const { page, problems } = await open(daemon.url, defer);
    await seenHeading(page, 'No sessions yet').waitFor();

    // To the second, as a calendar keeps it.
    const startsAt = Math.ceil(Date.now() / 1_000) * 1_000 + 12_000;
    const file = path.join(tempFolder(defer), 'work.ics');
    fs.writeFileSync(file, icsOf(startsAt));
    await send(daemon.url, '/api/calendars', { kind: 'ics-file', name: 'Work', path: file });
    const news = page.getByRole('status', { name: 'News' });
    await news.getByText('Claude: gate — Build starts within a minute').waitFor();
    await news.getByText('Confirm it, or it will not start.').waitFor();
    await news.getByRole('link', { name: 'See the schedule' }).first().click();
    const asked = page.getByRole('region', { name: 'To confirm' });
    await asked.getByText(`- ${SECOND}`).waitFor();
    await asked.getByRole('button', { name: 'Approve' }).press('Enter');
    await asked.waitFor({ state: 'detached' });
    const [planned] = (await scheduleOf(daemon)).plans;
    expect(planned).toMatchObject({ approval: 'approved', hindrance: null, plan: { startsAt } });
    await page.keyboard.press('g');
    await page.keyboard.press('l');

    const card = page.getByRole('link', { name: 'gate — Build' });
    await card.waitFor({ timeout: 30_000 });
    await card.click();
    const panel = page.getByRole('region', { name: 'Launched run' });
    await panel.getByText('running', { exact: true }).waitFor();
    await panel.getByText('✓ done').waitFor();
    fs.writeFileSync(path.join(launch.client.cwd, 'seen'), '');
    await panel.getByText('succeeded', { exact: true }).waitFor({ timeout: 30_000 });
    await panel.getByText('2 completed').waitFor();

    const [ran] = (await scheduleOf(daemon)).plans;
    expect(ran).toMatchObject({
      ...{ plan: { id: planned?.plan.id }, hindrance: null },
      run: { state: 'succeeded', origin: 'calendar', objectives: { completed: 2, total: 2 } },
    });
    const run = ran?.run;
    expect((run?.claimedAt ?? 0) - startsAt).toBeGreaterThanOrEqual(0);
    expect((run?.claimedAt ?? 0) - startsAt).toBeLessThan(10_000);
    expect(run?.limits.costMicrodollars).toBe(2_000_000);
    expect(run?.spent.costMicrodollars).toBe(run?.clientCostMicrodollars);
    const detail = await fetchDetail(daemon.url, run?.sessionId ?? '');
    expect(detail?.state.summary.budgetMicrodollars).toBe(2_000_000);

    await page.goto(`${daemon.url}/schedule?view=agenda`);
    const row = page.getByRole('button', { name: 'Claude: gate — Build' });
    await row.getByText('2 of 2 objectives · $0.10 of $2.00').waitFor();
    await row.press('Enter');
    const outcome = page.getByRole('dialog').getByRole('list', { name: 'Planned objectives' });
    await outcome.getByText('✓ done').nth(1).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    // The page was opened before the session's first line: the browser notes that answer by itself.
    expect(problems.filter((problem) => !problem.includes('404 (Not Found)'))).toEqual([]);
  });
});

describe.skipIf(skipWithoutClaude)('an event of a watched calendar', () => {
  it('starts nothing when it is of others, unknown, or says more than it may', async () => {
    const startsAt = Math.ceil(Date.now() / 1_000) * 1_000 + 2_000;
    const { daemon, file, dataDir } = await withCalendar(icsOf(startsAt, [], 'Claude: elsewhere'));
    fs.writeFileSync(file, icsOf(startsAt, ['ORGANIZER:mailto:eve@example.com']));
    const audit = await until('the audit line', async () => {
      const response = await fetch(`${daemon.url}/api/audit`);
      const { lines } = auditListSchema.parse(await response.json());
      return lines.find(({ action }) => action === 'ignored');
    });
    expect(audit.text).toContain('organised by eve@example.com');
    expect((await scheduleOf(daemon)).plans).toEqual([]);
    expect(fs.existsSync(path.join(dataDir, 'runs'))).toBe(false);
  });

  it('stays planned when its calendar can’t be read any more', async () => {
    const { daemon, file, planned } = await withCalendar(icsOf(Date.now() + 3_600_000));
    fs.rmSync(file);
    await until('the failure', async () => {
      const response = await fetch(`${daemon.url}/api/calendars`);
      const { calendars } = calendarListSchema.parse(await response.json());
      return calendars.find(({ state }) => state === 'failing');
    });
    expect((await scheduleOf(daemon)).plans.map(({ plan }) => plan.id)).toEqual([planned.plan.id]);
  });
});

describe('our own schedule', () => {
  it('is planned, moved and taken out, an occurrence at a time', async () => {
    const { start } = await prepareLaunch({ binary: process.execPath }, defer);
    const daemon = await start();
    const day = new Date(Date.now() + DAY / 2).toISOString().slice(0, 10);
    const entry = {
      ...{ project: 'gate', path: null, phase: null, model: null, limits: {} },
      objectives: [FIRST],
      ...{ startsAt: `${day}T23:30`, minutes: 45, zone: 'UTC', rule: 'FREQ=DAILY;COUNT=3' },
    };
    const preview = await send(daemon.url, '/api/schedule/preview', entry);
    expect(preview).toMatchObject({ problems: [], conflicts: [] });
    expect(JSON.stringify(preview)).toContain(`- ${FIRST}`);
    await send(daemon.url, '/api/schedule/entries', entry);
    const week = async () => {
      const [from, to] = [Date.now() - DAY, Date.now() + 5 * DAY];
      const response = await fetch(
        `${daemon.url}/api/schedule?from=${String(from)}&to=${String(to)}`,
      );
      return scheduleSchema.parse(await response.json()).plans.map(({ plan }) => plan);
    };
    const plans = await week();
    expect(plans).toHaveLength(3);
    const [, second] = plans;
    const later = (second?.startsAt ?? 0) + 900_000;
    await send(daemon.url, `/api/schedule/plans/${second?.id ?? ''}/move`, { startsAt: later });
    expect((await week()).map(({ startsAt }) => startsAt)).toEqual([
      plans[0]?.startsAt,
      later,
      plans[2]?.startsAt,
    ]);
    await expect(
      send(daemon.url, '/api/schedule/entries', { ...entry, project: 'nowhere' }),
    ).rejects.toThrow(/no project/u);
    await expect(
      send(daemon.url, '/api/schedule/entries', { ...entry, rule: 'FREQ=SECONDLY' }),
    ).rejects.toThrow(/more often than each hour/u);
  });
});
