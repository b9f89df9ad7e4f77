import { expect, it } from 'vitest';
import { inlineStyles } from './inline-styles.js';

const LINK = '<link rel="stylesheet" href="/_next/static/chunks/a.css" data-precedence="next"/>';
const OFF =
  '<link media="not all" rel="stylesheet" href="/_next/static/chunks/a.css" data-precedence="next"/>';

it('puts a sheet into its page and keeps its link for no medium', () => {
  const asked: string[] = [];
  const page = inlineStyles(`<head>${LINK}</head>${LINK.replace('a.css', 'b.css')}`, (href) => {
    asked.push(href);
    return href.endsWith('a.css') ? 'b { color: red }' : null;
  });
  expect(page).toBe(
    `<head><style>b { color: red }</style>${OFF}</head>${LINK.replace('a.css', 'b.css')}`,
  );
  expect(asked).toEqual(['/_next/static/chunks/a.css', '/_next/static/chunks/b.css']);
});

it.each([
  ['url(../media/x.woff2)', 'url("/_next/static/media/x.woff2")'],
  ["url('../media/x.woff2?a#b')", 'url("/_next/static/media/x.woff2?a#b")'],
  ['url(/icon.svg)', 'url("/icon.svg")'],
  ['url(https://a.example/x.svg)', 'url("https://a.example/x.svg")'],
  ['url(data:image/svg+xml,%3Csvg%3E)', 'url(data:image/svg+xml,%3Csvg%3E)'],
  ['$& $1', '$& $1'],
])('names %s as its page has to', (text, told) => {
  expect(inlineStyles(LINK, () => text)).toBe(`<style>${told}</style>${OFF}`);
});

it('leaves a sheet outside that would end its element', () => {
  expect(inlineStyles(LINK, () => 'a::after { content: "</STYLE>" }')).toBe(LINK);
});
