import {
  noticeListSchema,
  scheduleSchema,
  type ScheduledPlan,
  type SettingsBody,
} from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { undoAfter } from '../support/cleanup.js';
import { until } from '../support/until.js';
import { allRuns, ended, OBJECTIVE, prepareLaunch, send } from './launched.js';
import { PASSWORD, Radicale, skipWithoutRadicale, USER } from './radicale.js';
import { scriptedClient } from './scripted-client.js';

const defer = undoAfter('each');
const MINUTE = 60_000;
const DAY = 86_400_000;
const PLACE = `/${USER}/plans/e.ics`;

type Event = { at: number; title: string; budget: string };

function ics({ at, title, budget }: Event): string {
  const stamp = (time: number) =>
    `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/gu, '')}Z`;
  return [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', 'BEGIN:VEVENT', 'UID:e'],
    ...[`DTSTAMP:${stamp(at)}`, `DTSTART:${stamp(at)}`, `DTEND:${stamp(at + 60 * MINUTE)}`],
    ...[`SUMMARY:${title}`, `DESCRIPTION:budget: ${budget}\\n- [ ] ${OBJECTIVE}`],
    ...['END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n');
}

describe.skipIf(skipWithoutRadicale)('an event at a real Radicale, while its run goes on', () => {
  it('is moved, retitled, given another budget and cancelled: the run keeps what it had', async () => {
    const server = await Radicale.start(defer);
    await server.makeCalendar('plans');
    const { binary, env, starts } = scriptedClient(defer, {
      ...{ lastsMs: 120_000, endsWithInput: false },
    });
    const settings: SettingsBody = { launcher: { perProject: 5, concurrent: 5 } };
    const { start } = await prepareLaunch({ binary, env, settings }, defer);
    const daemon = await start();
    const event = {
      ...{ title: 'Claude: gate — Build', budget: '$2' },
      at: Math.ceil(Date.now() / 1_000) * 1_000 + 1_000,
    };
    await server.put(PLACE, ics(event));
    await send(daemon.url, '/api/calendars', {
      ...{ kind: 'caldav', name: 'dav', serverUrl: server.url, username: USER },
      ...{ password: PASSWORD, calendars: ['plans'], allowPrivate: true, trust: 'automatic' },
    });
    const run = await until('the run to be under way', async () => {
      const [first] = await allRuns(daemon);
      return first?.state === 'running' ? first : null;
    });

    const shown = async (): Promise<ScheduledPlan[]> => {
      const [from, to] = [Date.now() - DAY, Date.now() + 3 * DAY];
      const query = `from=${String(from)}&to=${String(to)}`;
      const answer = await fetch(`${daemon.url}/api/schedule?${query}`);
      return scheduleSchema.parse(await answer.json()).plans;
    };
    const after = async (change: () => Promise<unknown>) => {
      await change();
      await send(daemon.url, '/api/calendars/dav/refresh');
      return shown();
    };
    const kept = { id: run.id, state: 'running', limits: { costMicrodollars: 2_000_000 } };
    const isEdited = { changed: 'edited', run: kept };

    const moved = await after(() => server.put(PLACE, ics({ ...event, at: event.at + DAY })));
    expect(moved).toMatchObject([{ changed: 'moved', run: kept }]);
    const back = await after(() => server.put(PLACE, ics(event)));
    expect(back).toMatchObject([{ changed: null, run: kept }]);
    const title = 'Claude: gate — Other';
    expect(await after(() => server.put(PLACE, ics({ ...event, title })))).toMatchObject([
      isEdited,
    ]);
    const dearer = await after(() => server.put(PLACE, ics({ ...event, budget: '$9' })));
    expect(dearer).toMatchObject([
      { ...isEdited, plan: { limits: { costMicrodollars: 9_000_000 } } },
    ]);
    const gone = await after(() => server.ask('DELETE', PLACE));
    expect(gone).toMatchObject([{ changed: 'cancelled', run: kept, writable: false }]);

    const answer = await fetch(`${daemon.url}/api/notices`);
    const { notices } = noticeListSchema.parse(await answer.json());
    const told = notices.filter(({ runId }) => runId === run.id).map(({ title }) => title);
    expect(told).toContain('Claude: gate — Build has changed in its calendar');
    expect(told).toContain('Claude: gate — Other has changed in its calendar');
    expect(told).toContain('Claude: gate — Build was cancelled in its calendar');
    const isLinked = notices.find(({ title }) => title.endsWith('was cancelled in its calendar'));
    expect(isLinked).toMatchObject({ sessionId: run.sessionId, level: 'warning' });

    // It comes back for tomorrow, under the same identity: what was started isn't started again.
    await after(() => server.put(PLACE, ics({ ...event, at: event.at + DAY })));
    await send(daemon.url, `/api/runs/${run.id}/stop`);
    expect(await ended(daemon, run)).toMatchObject({
      ...{ state: 'stopped', cause: 'person', order: { phase: 'Build' } },
      limits: { costMicrodollars: 2_000_000 },
    });
    expect(await after(() => server.put(PLACE, ics(event)))).toMatchObject([
      { run: { id: run.id, state: 'stopped' } },
    ]);
    expect(await allRuns(daemon)).toHaveLength(1);
    expect(starts()).toEqual([{ sessionId: run.sessionId, pid: expect.any(Number) as number }]);
  });
});
