import { expect, test } from 'vitest';
import { DAY_MS, dayNumber } from './calendar.js';
import { sumKeys, usageRows } from './usage-rows.js';
import { NO_SUM, type SummedUsage } from './usage-sum.js';
import { zonePeriods } from './zone.js';

const used = (sum: Partial<SummedUsage>): SummedUsage => ({ ...NO_SUM, messages: 1, ...sum });
const day = (text: string) => dayNumber(text);

test('makes one row of what comes in several periods, and rounds its cost once', () => {
  const halves = [
    used({ day: day('2026-10-25'), outputTokens: 1, costPicodollars: 400_000 }),
    used({ day: day('2026-10-25'), outputTokens: 2, costPicodollars: 400_000 }),
    used({ day: day('2026-10-26'), outputTokens: 4, costPicodollars: 400_000 }),
  ];
  const { rows, totals } = usageRows(halves, ['day'], []);
  expect(rows).toMatchObject([
    { day: '2026-10-25', outputTokens: 3, messages: 2, costMicrodollars: 1 },
    { day: '2026-10-26', outputTokens: 4, messages: 1, costMicrodollars: 0 },
  ]);
  expect(totals).toMatchObject({ outputTokens: 7, messages: 3, costMicrodollars: 1 });
});

test('stays exact where a sum is beyond what a number counts in pico-dollars', () => {
  const many = Array.from({ length: 3 }, () => used({ costPicodollars: 8_999_999_999_500_000 }));
  expect(usageRows(many, [], []).totals.costMicrodollars).toBe(27_000_000_000 - 1);
});

test('knows no cost where nothing has a price, and says how much has none', () => {
  const unpriced = { unpricedMessages: 1, unpricedTokens: 7 };
  const sums = [
    used({ model: 'b', inputTokens: 7, ...unpriced }),
    used({ model: 'a', costPicodollars: 5_000_000, estimatedMessages: 1, incompleteMessages: 1 }),
  ];
  const { rows, totals } = usageRows(sums, ['model'], []);
  expect(rows).toMatchObject([
    { model: 'a', costMicrodollars: 5, unpricedTokens: 0, estimatedMessages: 1 },
    { model: 'b', costMicrodollars: null, ...unpriced },
  ]);
  expect(totals).toMatchObject({ costMicrodollars: 5, ...unpriced, incompleteMessages: 1 });
  expect(usageRows([], ['day'], [])).toMatchObject({ rows: [], totals: { costMicrodollars: 0 } });
});

test('has only the keys that were asked for, in their order', () => {
  const sums = [
    used({ day: day('2024-02-29'), project: null, model: 'm' }),
    used({ day: day('2024-03-01'), project: '/shop', model: 'm' }),
    used({ day: day('2024-02-26'), project: '/shop', model: 'm' }),
  ];
  const { rows } = usageRows(sums, ['month', 'week', 'project'], []);
  const keys = rows.map(({ month, week, project, ...rest }) => [
    month,
    week,
    project,
    'day' in rest,
  ]);
  expect(keys).toEqual([
    ['2024-02', '2024-02-26', null, false],
    ['2024-02', '2024-02-26', '/shop', false],
    ['2024-03', '2024-02-26', '/shop', false],
  ]);
});

test('tells the hours of the week by the clock on the wall, on both sides of a change', () => {
  const from = Date.parse('2026-03-29T00:00:00Z');
  const periods = zonePeriods('Europe/Berlin', from - DAY_MS, from + DAY_MS);
  const slots = ['2026-03-29T00:45', '2026-03-29T01:00', '2026-03-28T23:30'].map((at) =>
    used({ slot: Date.parse(`${at}Z`) }),
  );
  const { rows } = usageRows(slots, ['hour'], periods);
  expect(rows.map(({ weekday, hour }) => [weekday, hour])).toEqual([
    [6, 0],
    [6, 1],
    [6, 3],
  ]);
});

test('asks for no more than rows need', () => {
  expect(sumKeys(['day', 'week', 'month', 'model'])).toEqual(['day', 'model']);
  expect(sumKeys(['hour'])).toEqual(['slot']);
});
