import { expect, it } from 'vitest';
import { sessionHref, sessionIdOf } from './session-path';

it('finds in the address the id that was put there', () => {
  for (const id of ['3f2a9c1e-77aa-4b1c-9d1f-0c8f5e0b2a11', 'a b/c']) {
    expect(sessionIdOf(sessionHref(id))).toBe(id);
  }
  expect(sessionIdOf('/sessions/x/')).toBe('x');
});

it.each(['/sessions', '/sessions/', '/sessions/_', '/sessions/a/b', '/', '/sessions/%E0%A4%A'])(
  'finds none in %s',
  (path) => expect(sessionIdOf(path)).toBeNull(),
);
