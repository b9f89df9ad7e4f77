import { expect, it } from 'vitest';
import { readFilter, writeFilter } from './session-filter';

it('comes back from the address as it went in', () => {
  const filter = { status: ['running', 'failed'] as const, text: 'a & b' };
  expect(readFilter(writeFilter(filter))).toEqual(filter);
  expect(writeFilter({ status: [], text: '' })).toBe('');
});

it('leaves out what is no status', () => {
  expect(readFilter('?status=failed,asleep&other=1')).toEqual({ status: ['failed'], text: '' });
});
