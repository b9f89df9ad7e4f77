import { expect, it } from 'vitest';
import { fitting, Screen } from './screen.js';

const text = (rows: number) =>
  ['Day  Cost', '────', ...Array.from({ length: rows }, (_, row) => `row ${String(row)}`), ''].join(
    '\n',
  );

it('keeps the titles and the end of what is too long, and says how much is left out', () => {
  expect(fitting(text(3), 5)).toEqual(['Day  Cost', '────', 'row 0', 'row 1', 'row 2']);
  const cut = ['Day  Cost', '────', '… 18 more lines', 'row 18', 'row 19'];
  expect(fitting(text(20), 5)).toEqual(cut);
  for (const rows of [1, 2, 3, 4]) expect(fitting(text(20), rows)).toHaveLength(rows);
});

it('shows in place on a screen of its own, and gives the terminal back with the last text', () => {
  let written = '';
  const terminal = { rows: 10, write: (piece: string) => (written += piece) };
  const screen = new Screen(terminal);
  screen.show('first\n', 'Ctrl-C ends it.');
  terminal.rows = 4;
  screen.show(text(9), 'Ctrl-C ends it.');
  // Nothing is ever wiped from what stands further up.
  expect(written).not.toContain('\u001b[3J');
  expect(written.match(/\u001b\[\?1049h/gu)).toHaveLength(1);
  const [, last = ''] = written.split('first');
  expect(last.split('\r\n')).toHaveLength(5);
  screen.leave();
  expect(written).toMatch(/\u001b\[\?1049lDay  Cost\n/u);
  expect(written.endsWith('row 8\n')).toBe(true);
});
