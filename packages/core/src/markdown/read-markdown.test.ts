import { expect, test } from 'vitest';
import { linkAddress } from './read-markdown.js';

test('leads to web and mail, and nowhere else', () => {
  expect(linkAddress('https://a.b/c?d')).toBe('https://a.b/c?d');
  expect(linkAddress('mailto:a@b.c')).toBe('mailto:a@b.c');
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
    'https://a.b/" onclick="x',
    'https://a.b/<script>',
  ];
  expect(bad.map(linkAddress)).toEqual(bad.map(() => null));
});
