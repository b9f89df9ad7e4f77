import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { preloadedView, untilLoaded } from './lazy-view';

const missing = Object.assign(new Error('Failed to load chunk'), { name: 'ChunkLoadError' });

it('asks for code again, less and less often, until the server is back', async () => {
  const waited: number[] = [];
  let left = 7;
  const load = () => ((left -= 1) > 0 ? Promise.reject(missing) : Promise.resolve('code'));
  const wait = (ms: number) => Promise.resolve(waited.push(ms));
  expect(await untilLoaded(load, wait)).toBe('code');
  expect(waited).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000]);
});

it('throws what is wrong in the code itself', async () => {
  const broken = () => Promise.reject(new TypeError('x is not a function'));
  await expect(untilLoaded(broken)).rejects.toThrow('x is not a function');
});

it('draws at once what was loaded before it is shown', async () => {
  const View = preloadedView(() => Promise.resolve(({ word }: { word: string }) => word), 'waits');
  View.preload();
  await vi.waitFor(() => {
    expect(renderToStaticMarkup(createElement(View, { word: 'here' }))).toBe('here');
  });
});
