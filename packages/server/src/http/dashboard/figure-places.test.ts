import { expect, it } from 'vitest';
import { escapeText, findPlaces } from './figure-places.js';

it('finds the empty elements that take a figure, and nothing else', () => {
  const html =
    '<p data-first="full">x</p><b class="a" data-first="cost" title="y"></b>' +
    '<i data-second="cost"></i><span data-first="tokens"></span>.';
  expect(findPlaces(html)).toEqual({
    texts: [
      '<p data-first="full">x</p><b class="a" data-first="cost" title="y">',
      '</b><i data-second="cost"></i><span data-first="tokens">',
      '</span>.',
    ],
    names: ['cost', 'tokens'],
  });
  expect(findPlaces('<p></p>')).toBeNull();
});

it('shows a text as it is, whatever is in it', () => {
  expect(escapeText(`</span><img src=x onerror="a('b')">&amp;\u2028`)).toBe(
    '&lt;/span&gt;&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;amp;\u2028',
  );
});
