import { expect, it } from 'vitest';
import { Turns } from './turns.js';

const { signal } = new AbortController();

it('lets so many go, and the next one when one has ended', async () => {
  const turns = new Turns(2);
  const order: string[] = [];
  const first = await turns.take(signal);
  await turns.take(signal);
  const third = turns.take(signal).then((end) => {
    order.push('third');
    return end;
  });
  const fourth = turns.take(signal).then(() => order.push('fourth'));
  await Promise.resolve();
  expect(order).toEqual([]);
  first();
  first();
  (await third)();
  await fourth;
  expect(order).toEqual(['third', 'fourth']);
});

it('forgets whoever goes away while waiting', async () => {
  const turns = new Turns(1);
  const end = await turns.take(signal);
  const leaving = new AbortController();
  const gone = turns.take(leaving.signal);
  const next = turns.take(signal);
  leaving.abort(new Error('gone'));
  await expect(gone).rejects.toThrow('gone');
  end();
  await expect(next).resolves.toBeTypeOf('function');
  await expect(turns.take(leaving.signal)).rejects.toThrow('gone');
});
