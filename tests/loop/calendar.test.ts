import fs from 'node:fs';
import path from 'node:path';
import {
  auditListSchema,
  calendarListSchema,
  noticeListSchema,
  scheduledPlanSchema,
  scheduleSchema,
  type Schedule,
} from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { skipWithoutClaude } from '../claude/play.js';
import { fetchDetail } from '../support/api.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import type { Daemon } from '../support/daemon.js';
import { until } from '../support/until.js';
import { ended, prepareLaunch, send, text } from './launched.js';

const defer = undoAfter('each');
const FIRST = 'Build the gate';
const SECOND = 'Paint the gate';
const done = text(`✓ Completed: ${FIRST}\n✓ Completed: ${SECOND}\nAll done.`);
const DAY = 86_400_000;

const scheduleOf = async ({ url }: Daemon): Promise<Schedule> => {
  const query = `from=${String(Date.now() - DAY)}&to=${String(Date.now() + DAY)}`;
  return scheduleSchema.parse(await (await fetch(`${url}/api/schedule?${query}`)).json());
};
const noticesOf = async ({ url }: Daemon) =>
  noticeListSchema.parse(await (await fetch(`${url}/api/notices`)).json()).notices;

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

describe.skipIf(skipWithoutClaude)('an event of a watched calendar', () => {
  it('is warned of, confirmed, started on time, and its outcome kept', async () => {
    // To the second, as a calendar keeps it.
    const startsAt = Math.ceil(Date.now() / 1_000) * 1_000 + 16_000;
    const { daemon, planned } = await withCalendar(icsOf(startsAt));
    const { id, contentHash } = planned.plan;
    expect(planned).toMatchObject({
      approval: 'needed',
      plan: { startsAt, objectives: [FIRST, SECOND] },
    });
    await until('the warning', async () =>
      (await noticesOf(daemon)).find(({ kind }) => kind === 'approval'),
    );
    const answer = { decision: 'approve', contentHash };
    const approved = await send(daemon.url, `/api/schedule/plans/${id}/approval`, answer);
    expect(scheduledPlanSchema.parse(approved)).toMatchObject({
      approval: 'approved',
      hindrance: null,
    });
    const started = await until(
      'the run to start',
      async () => {
        const { plans } = await scheduleOf(daemon);
        const run = plans[0]?.run;
        return run?.sessionId ? run : null;
      },
      { timeoutMs: 40_000 },
    );
    expect((started.claimedAt ?? 0) - startsAt).toBeGreaterThanOrEqual(0);
    expect((started.claimedAt ?? 0) - startsAt).toBeLessThan(10_000);
    const run = await ended(daemon, started);
    expect(run).toMatchObject({
      ...{ state: 'succeeded', planId: id, origin: 'calendar' },
      objectives: { completed: 2, total: 2 },
      limits: { costMicrodollars: 2_000_000 },
    });
    expect(run.spent.costMicrodollars).toBe(run.clientCostMicrodollars);
    const detail = await fetchDetail(daemon.url, run.sessionId ?? '');
    expect(detail?.state.summary.budgetMicrodollars).toBe(2_000_000);
    const { plans } = await scheduleOf(daemon);
    expect(plans[0]).toMatchObject({ run: { state: 'succeeded' }, hindrance: null });
  });

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
