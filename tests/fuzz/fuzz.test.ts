import { expect, it } from 'vitest';
import { fuzz } from './fuzz.js';
import { isBad } from './verdict.js';

it('counts what is whole and reports what is not among 20,000 damaged lines', async () => {
  const { problems, ...fuzzed } = await fuzz(20_261_123, 20_000);
  expect(problems).toEqual([]);
  expect(fuzzed.damaged).toBe(20_000);
  // Damage that harms nothing would prove nothing.
  expect(fuzzed.bad).toBeGreaterThan(5_000);
  expect(fuzzed.untouched).toBeGreaterThan(9_000);
}, 60_000);

it.each([
  ['{"a":1}', false],
  ['{"a":1}{"b":"}{"}', false],
  ['\0\0 {"a":1}\r', false],
  ['', false],
  ['[{"a":1}]', true],
  ['{"a":1}{"b":', true],
  ['{"a":1}x', true],
])('knows whether %j is bad', (line, bad) => {
  expect(isBad(line)).toBe(bad);
});
