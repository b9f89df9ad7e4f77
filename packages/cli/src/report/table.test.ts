import { expect, test } from 'vitest';
import { colorsFor } from './colors.js';
import { toCsv } from './csv.js';
import { count, duration } from './figures.js';
import { footnotes } from './footnotes.js';
import { drawTable, type Column, type Line } from './table.js';
import { fit, oneLine, textWidth } from './text-width.js';
import { number } from './view.js';

type Row = { name: string; models: string; tokens: number; cost: number };
const COLUMNS: Column<Row>[] = [
  { title: 'Name', align: 'left', drop: 0, cut: 'start', text: ({ name }) => name },
  { title: 'Models', align: 'left', drop: 5, cut: 'end', text: ({ models }) => models },
  number('Tokens', 2, ({ tokens }) => tokens),
  number('Cost', 0, ({ cost }) => cost),
];
const LINES: Line<Row>[] = [
  {
    kind: 'row',
    row: { name: '/home/ada/shop', models: 'opus, sonnet', tokens: 1_234_567, cost: 9 },
  },
  { kind: 'total', row: { name: 'Total', models: '', tokens: 1_234_567, cost: 10 } },
];
const colors = colorsFor(false, {});
const draw = (width: number) => drawTable(COLUMNS, LINES, { width, compact: false, colors });

test('draws all in full where there is room', () => {
  expect(draw(80)).toBe(
    [
      'Name            Models           Tokens  Cost',
      '─────────────────────────────────────────────',
      '/home/ada/shop  opus, sonnet  1,234,567     9',
      '─────────────────────────────────────────────',
      'Total                         1,234,567    10',
      '',
    ].join('\n'),
  );
});

test.each([44, 40, 34, 30, 24, 20, 18])('is never wider than %d columns', (width) => {
  for (const line of draw(width).split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(width);
});

test('shortens numbers first, then texts, then leaves columns out', () => {
  expect(draw(44)).toContain('opus, sonnet   1.23M');
  expect(draw(38)).toContain('…');
  expect(draw(24)).not.toContain('Models');
  expect(draw(18)).not.toContain('Tokens');
  expect(draw(18)).toContain('Cost');
});

test('measures and cuts texts as a terminal shows them', () => {
  expect(textWidth('größe')).toBe(5);
  expect(textWidth('日本')).toBe(4);
  expect(fit('日本語', 5)).toBe('日本…');
  expect(fit('/home/ada/shop', 6, 'start')).toBe('…/shop');
  expect(oneLine('a\u001b[31m\nred\u202e ')).toBe('a [31m red');
});

test('writes CSV that is read back as it was', () => {
  const rows = [
    { title: 'say "hi", now', cost: null, day: '2026-01-01' },
    { title: 'two\nlines', cost: 0, day: 'x' },
  ];
  expect(toCsv(rows)).toBe(
    'title,cost,day\r\n"say ""hi"", now",,2026-01-01\r\n"two\nlines",0,x\r\n',
  );
});

test('colours a terminal, unless somebody says otherwise', () => {
  const isColoured = (isTerminal: boolean, env: Record<string, string>) =>
    colorsFor(isTerminal, env).bold('x') !== 'x';
  expect(isColoured(true, {})).toBe(true);
  expect(isColoured(false, {})).toBe(false);
  expect(isColoured(true, { NO_COLOR: '1' })).toBe(false);
  expect(isColoured(true, { TERM: 'dumb' })).toBe(false);
  expect(isColoured(false, { CI: 'true' })).toBe(false);
  expect(isColoured(false, { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(true);
  expect(isColoured(true, { FORCE_COLOR: '0' })).toBe(false);
});

test('writes numbers and times as people read them', () => {
  expect(count(1_234_567, 'full')).toBe('1,234,567');
  expect([999, 1_000, 28_049_000].map((value) => count(value, 'short'))).toEqual([
    '999',
    '1k',
    '28M',
  ]);
  expect([850, 12_340, 250_000, 12_000_000].map(duration)).toEqual([
    '850 ms',
    '12.3 s',
    '4 min 10 s',
    '3 h 20 min',
  ]);
});

test('says what limits a sum, and nothing of a whole one', () => {
  const none = { inputTokens: 0, outputTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0 };
  const totals = {
    ...none,
    cacheReadTokens: 0,
    messages: 9,
    costMicrodollars: 1,
    unpricedTokens: 0,
  };
  const whole = { ...totals, unpricedMessages: 0, estimatedMessages: 0, incompleteMessages: 0 };
  expect(footnotes(whole)).toBe('');
  const notes = footnotes({ ...whole, estimatedMessages: 1, incompleteMessages: 1_200 });
  expect(notes).toBe(
    '* 1 response priced by a model of a similar name: an estimate.\n' +
      '* output incomplete: 1,200 responses never got a final output count; more was used.\n',
  );
});

test('cuts a part at the end that says less, and keeps it indented', () => {
  const columns: Column<Row>[] = [
    {
      title: 'Name',
      align: 'left',
      drop: 0,
      cut: 'end',
      cutPart: 'start',
      text: (row) => row.name,
    },
    number('Cost', 0, ({ cost }) => cost),
  ];
  const named = (name: string): Row => ({ name, models: '', tokens: 0, cost: 9 });
  const lines: Line<Row>[] = [
    { kind: 'row', row: named('claude-sonnet-4-5-20250929') },
    { kind: 'part', row: named('  /home/ada/work/shop') },
  ];
  const drawn = drawTable(columns, lines, { width: 18, compact: false, colors });
  expect(drawn).toContain('\nclaude-sonn…     9\n');
  expect(drawn).toContain('\n  …work/shop     9\n');
});

test('what the command line says of colours wins', () => {
  expect(colorsFor(true, {}, false).bold('a')).toBe('a');
  expect(colorsFor(false, { NO_COLOR: '1' }, true).bold('a')).toBe('\u001b[1ma\u001b[22m');
});
