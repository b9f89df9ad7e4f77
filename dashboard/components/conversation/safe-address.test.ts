import { expect, test } from 'vitest';
import { safeAddress } from './safe-address';

test('leads to web and mail, and nowhere else', () => {
  expect(safeAddress('https://a.b/c?d')).toBe('https://a.b/c?d');
  expect(safeAddress('mailto:a@b.c')).toBe('mailto:a@b.c');
  const bad = [
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://a.b/c',
    '/api/token',
    '#x',
    '//a.b',
  ];
  expect(bad.map(safeAddress)).toEqual(bad.map(() => null));
});
