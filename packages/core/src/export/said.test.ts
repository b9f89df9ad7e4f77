import { marked, type Token } from 'marked';
import { expect, test } from 'vitest';
import { htmlSaid } from './html-said.js';
import { fenced, markdownSaid, plainLines } from './markdown-said.js';

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(2)>',
  '[link](javascript:alert(3)) and [data](data:text/html,<script>)',
  '![spy](https://spy.example/x.png)',
  '`<b>` and ``a ` b`` and `` ` ``',
  '</details></article></div>',
  '| a | b |\n| - | - |\n| `x|y` | <i> |',
  '> quoted <b>\n> ```\n> <u>\n> ```',
  '1. one\n   <script>\n2. two',
  '```\n</pre><script>',
  '&lt;script&gt; &#60;script&#62;',
  '[ref]: javascript:alert(4)\n\n[ref]',
  '*a **b '.repeat(300),
  '['.repeat(2_000),
  '> '.repeat(300) + 'deep <b>',
];

/** What a reader of Markdown makes of it. */
function kinds(markdown: string): Set<string> {
  const found = new Set<string>();
  void marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    found.add(token.type);
    if (token.type === 'link') expect(String(token['href'])).toMatch(/^https?:\/\//u);
  });
  return found;
}

test.each(HOSTILE)('Markdown is written anew without HTML and pictures: %s', (text) => {
  for (const lines of [markdownSaid(text), plainLines(text)]) {
    const found = kinds(lines.join('\n'));
    expect(found).not.toContain('html');
    expect(found).not.toContain('image');
    expect(found).not.toContain('heading');
  }
});

test.each(HOSTILE)('HTML of it has no tag but ours: %s', (text) => {
  const html = htmlSaid(text);
  const tags = [...html.matchAll(/<\/?([a-z]+)([^>]*)>/gu)];
  const ours =
    'div p pre blockquote hr ul ol li table thead tbody tr th td strong em del code br a'.split(
      ' ',
    );
  for (const [, name = '', attributes = ''] of tags) {
    expect(ours).toContain(name);
    expect(attributes).toMatch(
      /^( class="(said|md|h)"| start="\d+"| rel="noopener noreferrer" href="https?:[^"]*")*$/u,
    );
  }
  const open = (name: string) => html.split(`<${name}`).length;
  const closed = (name: string) => html.split(`</${name}>`).length;
  for (const name of ['div', 'p>', 'blockquote'])
    expect(open(name)).toBe(closed(name.replace('>', '')));
});

test('what Markdown says stays what it is', () => {
  const text =
    '# Title\n\nSome **bold** and *thin* `code`, [a link](https://a.example/x?y=(1)).\n\n' +
    '- one\n- [x] two\n  1. deep\n\n```ts\nconst a = `b`;\n```\n\n| a | b |\n| - | - |\n| 1 | `x\\|y` |';
  const again = markdownSaid(text).join('\n');
  expect(marked.parse(again)).toBe(marked.parse(text.replace('# Title', '**Title**')));
  expect(htmlSaid(text)).toContain(
    '<a rel="noopener noreferrer" href="https://a.example/x?y=(1)">a link</a>',
  );
});

test('a fence is longer than any within', () => {
  expect(fenced('a\n```` b', 'ts')).toEqual(['`````ts', 'a', '```` b', '`````']);
});
