import { expect, it } from 'vitest';
import { completed, suggestionsFor } from './operators';

const facets = {
  projects: [{ value: '/home/my shop', count: 1 }],
  models: [{ value: 'claude-opus-5', count: 1 }],
  ...{ statuses: [], origins: [], hidden: 0 },
};
const inserts = (text: string) => suggestionsFor(text, facets).map(({ insert }) => insert);

it('suggests operators, then their values', () => {
  expect(inserts('auth to')).toEqual(['tool:', 'tokens:']);
  expect(inserts('auth ')).toEqual([]);
  expect(inserts('-stat')).toEqual(['status:']);
  expect(inserts('status:fa')).toEqual(['status:failed ']);
  expect(inserts('project:sho')).toEqual(['project:"my shop" ']);
  expect(inserts('model:')).toEqual(['model:claude-opus-5 ']);
  expect(inserts('status:failed')).toEqual([]);
  expect(inserts('"status:f')).toEqual([]);
});

it('replaces the last piece', () => {
  expect(completed('auth -sta', { insert: 'status:', label: '' })).toBe('auth -status:');
  expect(completed('project:sh', { insert: 'project:"my shop" ', label: '' })).toBe(
    'project:"my shop" ',
  );
});
