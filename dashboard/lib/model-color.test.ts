import { expect, it } from 'vitest';
import { modelColor } from './model-color';

it('tells families apart, and neighbouring versions of one', () => {
  const ids = [
    'claude-opus-4-5-20251101',
    'claude-opus-4-6',
    'claude-sonnet-4-5',
    'claude-haiku-4-5',
    'claude-haiku-5-5',
  ];
  expect(new Set(ids.map(modelColor)).size).toBe(ids.length);
});

it('does not change with the date of a release', () => {
  expect(modelColor('claude-opus-4-5-20251101')).toBe(modelColor('claude-opus-4-5'));
  expect(modelColor('some-other-model')).toMatch(/^var\(--model-[78]\)$/);
});
