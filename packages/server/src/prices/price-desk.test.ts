import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setListedPrices, setPriceOverrides } from '@claude-optimizer/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PriceDesk } from './price-desk.js';
import type { OnRepriced, Repricing } from './reprice.js';

const DONE: Repricing = { models: [], beforePicodollars: 1, afterPicodollars: 2 };
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'price-desk-'));
});
afterEach(() => {
  setListedPrices(null);
  setPriceOverrides({});
  rmSync(dataDir, { recursive: true, force: true });
});

it('says how far it is, and that the history has the prices of now at the end', async () => {
  let others = true;
  let tell: OnRepriced = () => undefined;
  let finish: () => void = () => undefined;
  const asked: string[] = [];
  const desk = new PriceDesk(dataDir, {
    hasOtherPrices: () => Promise.resolve(others),
    reprice: (reason, onProgress) => {
      asked.push(reason);
      if (onProgress) tell = onProgress;
      return new Promise((resolve) => {
        finish = () => {
          others = false;
          resolve(DONE);
        };
      });
    },
  });
  expect(await desk.look()).toBe(false);
  expect(desk.standing()).toEqual({ current: false, repricing: null });
  const both = Promise.all([desk.reprice('first'), desk.reprice('meanwhile')]);
  tell({ done: 3, total: 9 });
  expect(desk.standing()).toEqual({ current: false, repricing: { done: 3, total: 9 } });
  finish();
  expect(await both).toEqual([DONE, DONE]);
  expect(asked).toEqual(['first']);
  expect(desk.standing()).toEqual({ current: true, repricing: null });
});

it('is ready for another try when one failed', async () => {
  const outcomes = [() => Promise.reject(new Error('disk full')), () => Promise.resolve(DONE)];
  const desk = new PriceDesk(dataDir, {
    hasOtherPrices: () => Promise.resolve(true),
    reprice: () => outcomes.shift()?.() ?? Promise.resolve(DONE),
  });
  await expect(desk.reprice('once')).rejects.toThrow('disk full');
  expect(desk.standing()).toEqual({ current: false, repricing: null });
  expect(await desk.reprice('again')).toEqual(DONE);
});
