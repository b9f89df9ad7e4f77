import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { calendarOf, Fed, sourceOf } from './feeds.fixture.js';
import { IcsFileSource } from './ics-file.js';

let fed: Fed;
let file = '';
beforeEach(async () => {
  fed = await Fed.open();
  file = path.join(fed.folder, 'plans.ics');
});
afterEach(() => fed.close());

const use = async (place: string) => {
  fed.use(sourceOf({ path: place }));
  await fed.feeds.look();
};
const seen = (uids: string[]) => expect.poll(() => fed.uids()).toEqual(uids);
const error = async () => (await fed.feeds.states()).find(({ id }) => id === 'work')?.error;

it('sees a file change at once: written over, and moved into its place', async () => {
  writeFileSync(file, calendarOf({ a: 60 }));
  await use(file);
  expect(await fed.uids()).toEqual(['a']);
  writeFileSync(file, calendarOf({ a: 60, b: 70 }));
  await seen(['a', 'b']);
  writeFileSync(`${file}.tmp`, calendarOf({ b: 70 }));
  renameSync(`${file}.tmp`, file);
  await seen(['b']);
  writeFileSync(file, calendarOf({ b: 70, c: 80 }));
  await seen(['b', 'c']);
});

it('takes a vanished, emptied or cut off file for a failure, never for a deletion', async () => {
  const text = calendarOf({ a: 60, b: 70 });
  writeFileSync(file, text);
  await use(file);
  const damages = [
    () => rmSync(file),
    () => writeFileSync(file, ''),
    () => truncateSync(file, text.length - 20),
    () => writeFileSync(file, '<!doctype html><p>Sign in'),
    () => writeFileSync(file, `BEGIN:VCALENDAR\n${'x'.repeat(11 * 1024 * 1024)}\nEND:VCALENDAR`),
  ];
  for (const damage of damages) {
    writeFileSync(file, text);
    await fed.feeds.refresh('work');
    expect(await error()).toBeNull();
    damage();
    await expect(fed.feeds.refresh('work')).rejects.toThrow(file);
    expect(await error()).toContain(file);
    expect(await fed.uids()).toEqual(['a', 'b']);
  }
});

it('waits for a file that isn’t there yet', async () => {
  await use(file);
  expect(await error()).toContain('isn’t there'.replace('’', "'"));
  writeFileSync(file, calendarOf({ a: 60 }));
  await seen(['a']);
});

it('reads every calendar of a folder, below it too, and sees them come and go', async () => {
  writeFileSync(file, calendarOf({ a: 60 }));
  writeFileSync(path.join(fed.folder, 'notes.txt'), 'no calendar');
  await use(fed.folder);
  mkdirSync(path.join(fed.folder, 'below'));
  writeFileSync(path.join(fed.folder, 'below', 'more.ics'), calendarOf({ b: 70 }));
  await seen(['a', 'b']);
  writeFileSync(path.join(fed.folder, 'below', 'more.ics'), calendarOf({ b: 70, c: 80 }));
  await seen(['a', 'b', 'c']);
  rmSync(file);
  await seen(['b', 'c']);
  rmSync(fed.folder, { recursive: true });
  await expect(fed.feeds.refresh('work')).rejects.toMatchObject({ code: 'not_found' });
  expect(await fed.uids()).toEqual(['b', 'c']);
});

it.skipIf(process.platform === 'win32')('follows a link to a file, not into folders', async () => {
  const real = path.join(fed.folder, 'real', 'mine.ics');
  mkdirSync(path.dirname(real));
  writeFileSync(real, calendarOf({ a: 60 }));
  symlinkSync(real, file);
  await use(file);
  expect(await fed.uids()).toEqual(['a']);
  writeFileSync(real, calendarOf({ a: 60, b: 70 }));
  await seen(['a', 'b']);

  const source = new IcsFileSource('x', file);
  const before = await source.fetch('');
  const { ref = null, etag = null } = before?.objects[0] ?? {};
  await source.write({ uid: 'b', ics: calendarOf({ b: 75 }), ref, etag });
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(readFileSync(real, 'utf8')).toBe(calendarOf({ a: 60, b: 75 }));

  symlinkSync(fed.folder, path.join(fed.folder, 'real', 'loop'));
  const folder = new IcsFileSource('y', path.join(fed.folder, 'real'));
  expect((await folder.fetch(''))?.objects).toHaveLength(1);
});

it('adds, changes and removes an event in one step, with the file’s rights', async () => {
  writeFileSync(file, calendarOf({ a: 60 }), { mode: 0o644 });
  const source = new IcsFileSource('x', file);
  const first = await source.fetch('');
  expect(source.writable).toBe(true);
  const added = await source.write({ uid: 'b', ics: calendarOf({ b: 70 }), ref: null, etag: null });
  expect(readFileSync(file, 'utf8')).toBe(calendarOf({ a: 60, b: 70 }));
  expect(statSync(file).mode & 0o777).toBe(0o644);
  const { etag } = await source.write({ uid: 'a', ics: calendarOf({ a: 65 }), ...added });
  await source.remove({ uid: 'a', ref: added.ref, etag });
  expect(readFileSync(file, 'utf8')).toBe(calendarOf({ b: 70 }));

  const stale = { ref: file, etag: first?.objects[0]?.etag ?? null };
  const late = source.write({ uid: 'b', ics: calendarOf({ b: 80 }), ...stale });
  await expect(late).rejects.toMatchObject({ code: 'conflict' });
  await expect(source.remove({ uid: 'b', ...stale })).rejects.toMatchObject({ code: 'conflict' });
  expect(readFileSync(file, 'utf8')).toBe(calendarOf({ b: 70 }));
});
