import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSearchReader, openSearchWriter } from './open.js';
import type { SearchReader } from './search-reader.js';
import type { IndexedRecord, SearchWriter } from './search-writer.js';

let folder = '';
let writer: SearchWriter;
let reader: SearchReader;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'search-'));
  expect(openSearchReader(path.join(folder, 'search.db'))).toBeNull();
  writer = await openSearchWriter(path.join(folder, 'search.db'));
  const opened = openSearchReader(path.join(folder, 'search.db'));
  if (!opened) throw new Error('there is no index');
  reader = opened;
});
afterEach(async () => {
  reader.close();
  writer.close();
  await rm(folder, { recursive: true, force: true });
});

const NO_TEXTS = { title: '', prompt: '', answer: '', input: '', file: '', tool: '' };
function record(offset: number, texts: Partial<IndexedRecord['texts']>): IndexedRecord {
  return { offset, length: 9, at: offset * 10, kind: 'prompt', texts: { ...NO_TEXTS, ...texts } };
}
const file = (ref: string, offset: number) => ({ ref, path: `/${ref}`, offset, tail: 7 });
const found = (expression: string) =>
  reader.find(expression).map(({ sessionId, total }) => `${sessionId}${String(total)}`);

it('finds records by session, the best first, and says where they stand', () => {
  writer.add('a', file('f', 20), [
    record(1, { answer: 'the auth token is old' }),
    record(11, { title: 'auth' }),
    record(12, { file: '/src/auth.ts', tool: 'Edit' }),
  ]);
  writer.add('b', file('f', 9), [record(1, { prompt: 'Auth?' })]);
  expect(found('"auth"')).toEqual([]);
  writer.flush();
  expect(found('"auth"')).toEqual(['a3', 'b1']);
  expect(found('"auth token"')).toEqual(['a1']);
  expect(found('file : "auth ts"')).toEqual(['a1']);
  expect(found('("auth") NOT ("token")')).toEqual(['a2', 'b1']);
  const [first] = reader.find('"auth"');
  expect(first?.best).toHaveLength(2);
  const [best] = reader.places(first?.best.map(({ id }) => id) ?? []);
  expect(best).toMatchObject({ ref: 'f', path: '/f', offset: 11, length: 9, at: 110 });
  expect(reader.sessionIds('"token"')).toEqual(['a']);
  expect(writer.files('a')).toEqual([file('f', 20)]);
});

it('takes texts as UTF-8, too', () => {
  const answer = Buffer.from('xx Café “token” \u0000 end').subarray(3);
  writer.add('a', file('f', 20), [record(1, { answer, input: null })]);
  answer.fill(0);
  writer.add('b', file('f', 9), [record(1, { answer: 'cafe' })]);
  writer.flush();
  expect(found('"cafe"').sort()).toEqual(['a1', 'b1']);
  expect(found('"token"')).toEqual(['a1']);
  expect(found('"end"')).toEqual(['a1']);
});

it('goes on where it was left, and forgets a file, a session, and their words', async () => {
  writer.add('a', file('f', 10), [record(1, { prompt: 'quokka' })]);
  writer.add('a', file('f', 20), [record(11, { prompt: 'wombat' })]);
  writer.add('a', file('g', 20), [record(1, { prompt: 'quokka' })]);
  writer.add('b', file('f', 20), [record(1, { prompt: 'wombat' })]);
  writer.flush();
  const version = reader.version();
  expect(writer.remove('a', 'f', 1)).toBe(false);
  expect(writer.remove('a', 'f', 9)).toBe(true);
  expect(reader.version()).not.toBe(version);
  expect([found('"quokka"'), found('"wombat"')]).toEqual([['a1'], ['b1']]);
  expect(writer.files('a')).toEqual([file('g', 20)]);
  expect(writer.remove('a', null, 9)).toBe(true);
  expect(writer.remove('never', null, 9)).toBe(true);
  expect(writer.sessionIds()).toEqual(['b']);
  while (!writer.merge(100));
  writer.close();
  const bytes = await readFile(path.join(folder, 'search.db'));
  expect([bytes.includes('wombat'), bytes.includes('quokka')]).toEqual([true, false]);
  writer = await openSearchWriter(path.join(folder, 'search.db'));
});

it('finds whole words in the common as in the rare', () => {
  for (let session = 0; session < 20; session += 1) {
    const records = Array.from({ length: 400 }, (_, n) => record(n, { answer: 'common' }));
    writer.add(`s${String(session)}`, file('f', 1), records);
  }
  writer.flush();
  const all = reader.find('"common"');
  expect(all).toHaveLength(20);
  // Too many to be told apart: the newest record of each.
  expect(all[0]).toMatchObject({ total: 400, at: 3_990 });
});
