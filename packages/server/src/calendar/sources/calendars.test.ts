import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OptimizerError, type CalendarBody } from '@claude-optimizer/protocol';
import { openPlanStore, type PlanStore } from '@claude-optimizer/store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PersonSettings } from '../../config/person-settings.js';
import { createLog } from '../../log.js';
import { CalendarFeeds, type SourceChanges } from './calendar-feeds.js';
import { Calendars } from './calendars.js';
import { calendarOf, readSimply, SetSource } from './feeds.fixture.js';
import { Secrets, type Secret } from './secrets.js';

let folder = '';
let store: PlanStore;
let secrets: Secrets;
let feeds: CalendarFeeds;
let calendars: Calendars;
let opened: { secret: Secret; id: string }[] = [];
let revoked: string[] = [];
let changes: SourceChanges[] = [];
let answer: SetSource['answer'] = [];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'calendars-'));
  [opened, revoked, changes, answer] = [[], [], [], [calendarOf({ a: 60 })]];
  store = await openPlanStore(':memory:');
  secrets = new Secrets(folder);
  const settings = new PersonSettings(folder);
  const now = () => Date.parse('2026-03-02T09:00:00Z');
  const open = (id: string, secret: Secret) => {
    opened.push({ id, secret });
    const source = new SetSource(id);
    source.answer = answer;
    return source;
  };
  const onChanges = (changed: SourceChanges) => void changes.push(changed);
  feeds = new CalendarFeeds({
    ...{ store, settings, read: readSimply, writeEntries: () => '', onChanges, now },
    openSource: ({ id }) => open(id, secrets.of(id)),
    log: createLog({ level: 'silent' }),
  });
  calendars = new Calendars({
    ...{ settings, secrets, store, feeds, onChanges, now, onState: () => undefined },
    open: ({ id }, secret) => open(id, secret),
    revoke: (token) => {
      revoked.push(token);
      return Promise.reject(new Error('offline'));
    },
  });
});
afterEach(async () => {
  await feeds.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const CALDAV = {
  kind: 'caldav',
  name: 'Work Büro',
  serverUrl: 'https://dav.example/',
  username: 'me@dav.example',
  password: 'hunter2',
} as const;
const FEED = { kind: 'ics-url', name: 'Feed', url: 'webcal://cal.example/hunter2.ics' } as const;
const GOOGLE = { kind: 'google', name: 'G', clientId: 'c', refreshToken: 'hunter2' } as const;
const configText = () => readFileSync(path.join(folder, 'config.json'), 'utf8');

it.each([
  [CALDAV, 'work-buro', 'confirm', 'https://dav.example/'],
  [FEED, 'feed', 'always', 'https://cal.example'],
  [GOOGLE, 'g', 'confirm', 'Google'],
  [{ kind: 'ics-file', name: '日本', path: '/p.ics' }, 'calendar', 'confirm', '/p.ics'],
] as [CalendarBody, string, string, string][])(
  'adds %o with the trust of its kind, and neither answers nor writes its secret elsewhere',
  async (body, id, trust, place) => {
    const state = await calendars.add(body);
    expect(state).toMatchObject({ id, trust, place, state: 'ok', plans: 1, enabled: true });
    const told = JSON.stringify([state, await calendars.list(), await store.auditLines(10, null)]);
    expect(told + configText()).not.toContain('hunter2');
  },
);

it('adds nothing that can’t be read', async () => {
  answer = new OptimizerError('calendar_unavailable', 'It refuses the login.', { fix: 'Check.' });
  await expect(calendars.add(CALDAV)).rejects.toThrow(/refuses/);
  expect((await calendars.list()).map(({ id }) => id)).toEqual(['own']);
  expect(secrets.of('work-buro')).toEqual({});
});

it.each([
  [{ ...CALDAV, password: '' }, 'password'],
  [{ ...CALDAV, serverUrl: 'https://me:hunter2@dav.example/' }, 'serverUrl'],
  [{ kind: 'ics-url', name: 'x' }, 'url'],
  [{ ...FEED, url: 'hunter2' }, 'address'],
  [{ kind: 'ics-file', name: 'x' }, 'path'],
  [{ kind: 'google', name: 'x' }, 'clientId'],
] as [CalendarBody, string][])('refuses %o and names what is wrong', async (body, field) => {
  const failure: unknown = await calendars.add(body).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'bad_request' });
  expect(String(failure)).toContain(field);
  expect(String(failure)).not.toContain('hunter2');
});

it('gives two of one name ids of their own', async () => {
  await calendars.add(FEED);
  expect((await calendars.add(FEED)).id).toBe('feed-2');
  expect((await calendars.add({ ...FEED, name: 'own' })).id).toBe('own-2');
});

it('changes a calendar, keeping its secret, and sends it to no other server', async () => {
  const { id } = await calendars.add(CALDAV);
  const changed = await calendars.change(id, { name: 'Home', trust: 'always' });
  expect(changed).toMatchObject({ id, name: 'Home', trust: 'always', kind: 'caldav' });
  expect(secrets.of(id)).toEqual({ password: 'hunter2' });
  opened = [];
  const moved = calendars.change(id, { serverUrl: 'https://evil.example/' });
  await expect(moved).rejects.toMatchObject({ code: 'bad_request' });
  expect(opened).toEqual([]);
  await calendars.change(id, { serverUrl: 'https://other.example/', password: 'new' });
  expect(opened.every(({ secret }) => secret.password === 'new')).toBe(true);
  await expect(calendars.change('nope', {})).rejects.toMatchObject({ code: 'not_found' });
});

it('removes a calendar with its secret and its plans, and says which', async () => {
  const { id } = await calendars.add(CALDAV);
  await calendars.remove(id);
  expect((await calendars.list()).map((state) => state.id)).toEqual(['own']);
  expect(readFileSync(path.join(folder, 'secrets.json'), 'utf8')).not.toContain('hunter2');
  expect(changes.at(-1)?.gone.map(({ uid }) => uid)).toEqual(['a']);
  expect(await store.plans(0, 1e15)).toEqual([]);
});

it('logs out of Google: revoked there, or said that it isn’t, and forgotten here', async () => {
  const { id } = await calendars.add(GOOGLE);
  expect(await calendars.logOut(id)).toEqual({ revoked: false });
  expect(revoked).toEqual(['hunter2']);
  expect(secrets.of(id)).toEqual({});
  expect((await calendars.list())[1]).toMatchObject({ id, enabled: false, state: 'off' });
});

it('leaves a secrets file alone that it can’t read', async () => {
  writeFileSync(path.join(folder, 'secrets.json'), 'hunter2', { mode: 0o600 });
  await expect(calendars.add(FEED)).rejects.toMatchObject({ code: 'config_invalid' });
  expect((await calendars.list()).map(({ id }) => id)).toEqual(['own']);
});
