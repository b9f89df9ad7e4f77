import { expect, it } from 'vitest';
import { DEFAULT_COLUMNS, readColumns } from './columns';
import {
  askedOf,
  isNarrowed,
  readView,
  sortOf,
  WHOLE_VIEW,
  writeView,
  type SessionView,
} from './session-view';

it('is the same behind an address as before it', () => {
  const view: SessionView = {
    ...WHOLE_VIEW,
    ...{ search: 'tool:Bash "a & b" ', status: ['failed', 'running'], projects: ['/a,b', '/c'] },
    ...{ models: ['opus'], from: '2026-11-01', to: '2026-11-02', costFrom: '0.5', origin: 'hand' },
    ...{ hidden: 'all', sort: 'cost', order: 'asc', columns: ['title', 'cost'] },
  };
  const read = readView(writeView(view));
  expect(read).toEqual({ ...view, status: ['running', 'failed'] });
  expect(writeView(WHOLE_VIEW)).toBe('');
  expect(readView('?status=asleep&sort=colour&from=soon&costFrom=x&columns=nope')).toEqual({
    ...WHOLE_VIEW,
    columns: ['title'],
  });
});

it('asks the server in its own words', () => {
  const asked = askedOf(
    readView('?project=%2Fa&project=%2Fb&to=2026-11-02&costTo=1.5&search=x&hidden=only'),
  );
  expect(asked.getAll('projects')).toEqual(['/a', '/b']);
  expect(asked.get('before')).toBe(String(new Date(2026, 10, 3).getTime()));
  expect([asked.get('costTo'), asked.get('hidden')]).toEqual(['1500000', 'only']);
  expect(asked.get('sort')).toBe('relevance');
});

it('knows what is sorted and narrowed', () => {
  expect(sortOf(WHOLE_VIEW)).toBe('lastAt');
  expect(sortOf({ ...WHOLE_VIEW, search: 'x', sort: 'cost' })).toBe('cost');
  expect(isNarrowed({ ...WHOLE_VIEW, sort: 'cost', columns: ['title'] })).toBe(false);
  expect(isNarrowed({ ...WHOLE_VIEW, origin: 'hand' })).toBe(true);
  expect(readColumns(null)).toBe(DEFAULT_COLUMNS);
  expect(readColumns('cost,status')).toEqual(['status', 'title', 'cost']);
});
