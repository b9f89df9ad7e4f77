import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readPriceOverrides } from './price-overrides.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'config-'))));
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const rates = { input: 3, output: 15, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6 };
const write = (content: unknown) => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  writeFileSync(path.join(folder, 'config.json'), text);
};

it('reads prices by model, and none where there is no file', () => {
  expect(readPriceOverrides(folder)).toEqual({});
  write({ prices: { 'my-model': rates }, later: true });
  expect(readPriceOverrides(folder)).toEqual({ 'my-model': { ...rates, webSearch: 0.01 } });
});

it.each([
  ['{ "prices": ', /config\.json can't be read/u],
  [{ prices: { m: { ...rates, input: -1 } } }, /prices\.m\.input/u],
  [{ prices: { m: { ...rates, inptu: 1 } } }, /prices\.m: .*inptu/u],
  [{ prices: { m: { input: 1 } } }, /prices\.m\.output/u],
])('says what is wrong with %j', (content, message) => {
  write(content);
  expect(() => readPriceOverrides(folder)).toThrow(message);
});
