import { OptimizerError } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { calendarOf, Fed, MINUTE, NOW, SetSource, sourceOf } from './feeds.fixture.js';

let fed: Fed;
let work: SetSource;
beforeEach(async () => {
  fed = await Fed.open();
  work = new SetSource('work');
  fed.set.set('work', work);
  fed.use(sourceOf({ kind: 'ics-url', serverUrl: 'https://calendar.example' }));
});
afterEach(() => fed.close());

const failure = () =>
  new OptimizerError('calendar_unavailable', 'calendar.example can’t be asked.', { fix: 'Later.' });
const stateOf = async (id: string) => (await fed.feeds.states()).find((state) => state.id === id);

it('keeps the plans of a calendar, and says what it has added, changed and dropped', async () => {
  work.answer = [calendarOf({ a: 60, b: 120 })];
  await fed.feeds.look();
  expect(await fed.uids()).toEqual(['a', 'b']);
  const added = fed.changes.find(({ source }) => source === 'work')?.added;
  expect(added?.map(({ uid }) => uid)).toEqual(['a', 'b']);

  work.answer = [calendarOf({ a: 90, c: 10 })];
  await fed.after(6);
  const [changes] = fed.changes.slice(-1);
  expect(changes?.changed.map(({ after }) => after.startsAt)).toEqual([NOW + 90 * MINUTE]);
  expect(changes?.gone.map(({ uid }) => uid)).toEqual(['b']);
  expect(await fed.uids()).toEqual(['c', 'a']);
});

it('asks at its pace, and later and later while it fails, without losing a plan', async () => {
  work.answer = [calendarOf({ a: 60 })];
  await fed.feeds.look();
  await fed.after(4);
  expect(work.fetches).toBe(1);
  await fed.after(1);
  expect(work.fetches).toBe(2);

  work.answer = failure();
  const asked: number[] = [];
  for (let minute = 0; minute < 180; minute += 1) {
    const before = work.fetches;
    await fed.after(1);
    if (work.fetches > before) asked.push(minute + 1);
  }
  expect(asked).toEqual([5, 10, 20, 40, 80, 140]);
  expect(await fed.uids()).toEqual(['a']);
  expect(await stateOf('work')).toMatchObject({
    state: 'failing',
    failures: 6,
    error: 'calendar.example can’t be asked. Later.',
    fetchedAt: NOW + 5 * MINUTE,
    plans: 1,
  });

  work.answer = [calendarOf({})];
  await fed.feeds.refresh('work');
  expect(await fed.uids()).toEqual([]);
  expect(await stateOf('work')).toMatchObject({ state: 'ok', failures: 0, error: null });
});

it('knows after a restart how it was, and asks for all again', async () => {
  work.answer = [calendarOf({ a: 60 })];
  await fed.feeds.look();
  const memory = (await fed.store.fetches()).find(({ source }) => source === 'work')?.memory;
  expect(memory).not.toBe('');
  await fed.feeds.reopen('work');
  expect(await stateOf('work')).toMatchObject({ state: 'ok', fetchedAt: NOW });
  work.answer = failure();
  await expect(fed.feeds.refresh('work')).rejects.toThrow(/can’t be asked/);
  expect(await fed.uids()).toEqual(['a']);
  work.answer = [calendarOf({ a: 60, b: 61 })];
  await fed.feeds.refresh('work');
  expect(await fed.uids()).toEqual(['a', 'b']);
});

it('plans further ahead as time goes on, though the calendar stays as it is', async () => {
  const day = 1_440;
  work.answer = [calendarOf({ soon: 60, later: 60.5 * day })];
  await fed.feeds.look();
  expect(await fed.uids()).toEqual(['soon']);
  await fed.after(day);
  expect(await fed.uids()).toEqual(['soon', 'later']);
});

it('follows the settings: what is switched off or removed is asked no more', async () => {
  await fed.feeds.look();
  fed.use(sourceOf({ kind: 'ics-url', enabled: false }));
  await fed.after(10);
  expect([work.fetches, work.closed]).toEqual([1, true]);
  expect(await stateOf('work')).toMatchObject({ state: 'off', enabled: false, error: null });
  await expect(fed.feeds.refresh('work')).rejects.toMatchObject({ code: 'not_found' });
  fed.use();
  expect((await fed.feeds.states()).map(({ id }) => id)).toEqual(['own']);
});

it('tells of a failure that it doesn’t know without the address in it', async () => {
  work.fetch = () => Promise.reject(new Error('GET https://calendar.example/s3cret failed'));
  await fed.feeds.look();
  expect((await stateOf('work'))?.error).toBe('It failed unexpectedly: GET <address> failed.');
  expect(fed.logged.join()).not.toContain('s3cret');
});

it('says of a calendar that can’t be opened why, and goes on with the others', async () => {
  fed.use(sourceOf({ id: 'odd', kind: 'caldav' }), sourceOf({ kind: 'ics-url' }));
  work.answer = [calendarOf({ a: 60 })];
  await fed.feeds.look();
  expect(await fed.uids()).toEqual(['a']);
  expect((await stateOf('odd'))?.error).toContain('has no serverUrl');
});

it('brings our own schedule the same way, at once when it has changed', async () => {
  await fed.feeds.look();
  const order = { project: 'shop', path: null, phase: null, model: null, constraints: [] };
  const limits = { costMicrodollars: null, tokens: null, turns: null, wallMs: null };
  await fed.store.putEntry({
    ...{ ...order, limits, objectives: [], id: 'e1', title: 'Claude: shop', revision: 0 },
    ...{ startsAt: '2026-03-02T10:00', minutes: 60, zone: 'UTC', rule: null, except: [] },
  });
  await fed.feeds.refresh('own');
  expect(await fed.uids()).toEqual(['e1']);
  expect(await stateOf('own')).toMatchObject({ state: 'ok', plans: 1, writable: true });
});
