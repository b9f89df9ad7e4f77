import { exportRequestSchema, sessionQuerySchema } from '@claude-optimizer/protocol';
import { expect, it } from 'vitest';
import { badOptions } from './bad-options.js';

it.each([
  [{ limit: 'abc' }, '--limit is "abc": it is a number.'],
  [{ limit: '1.5' }, '--limit is "1.5": it is a whole number.'],
  [{ limit: '9999999' }, /^--limit is "9999999": it is at most \d+\.$/u],
  [{ order: 'up' }, '--order is "up": it is one of asc, desc.'],
])('says of %j what it would take', (given, said) => {
  const { error } = sessionQuerySchema.safeParse(given);
  if (error === undefined) throw new Error('nothing is wrong with it');
  expect(() => {
    throw badOptions(error, given, 'sessions list');
  }).toThrow(said);
});

it('names the one of a list', () => {
  const given = { format: 'md', redact: ['paths', 'names'] };
  const { error } = exportRequestSchema.safeParse(given);
  if (error === undefined) throw new Error('nothing is wrong with it');
  const { message, fix } = badOptions(error, given, 'export');
  expect(message).toBe('--redact is "names": it is one of paths, code, prompts.');
  expect(fix).toBe('Run claude-optimizer export --help to see what it takes.');
});
