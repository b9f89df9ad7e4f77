import { expect, test } from 'vitest';
import { TotalUsage, type SummedUsage } from '../report/usage-sum.js';
import { blockStarts, usageBlocks } from './blocks.js';

const at = (time: string) => Date.parse(`2026-03-01T${time}Z`);
const { costMicrodollars: _, ...NOTHING } = new TotalUsage().totals();
const used = (time: string, sum: Partial<SummedUsage> = {}): SummedUsage => ({
  ...NOTHING,
  day: null,
  model: null,
  project: null,
  sessionId: null,
  costPicodollars: 0,
  slot: at(time),
  messages: 1,
  ...sum,
});

test('opens at the first message floored to the hour, and anew after five hours', () => {
  const times = ['00:45', '05:30', '05:45', '06:00', '10:15', '23:15'].map(at);
  // 00:45 opens 00:00–05:00; 05:30 opens 05:00–10:00; 10:15 the next, and after a gap 23:15.
  expect(blockStarts(times)).toEqual(['00:00', '05:00', '10:00', '23:00'].map(at));
  expect(blockStarts([at('01:00'), at('05:45'), at('06:00')])).toEqual([at('01:00'), at('06:00')]);
});

test('sums up what each window holds', () => {
  const sums = [used('05:30', { outputTokens: 4 }), used('00:45', { outputTokens: 1 })];
  const blocks = usageBlocks([at('00:00'), at('05:00')], sums, at('23:00'));
  expect(blocks).toMatchObject([
    { startsAt: at('00:00'), endsAt: at('05:00'), usage: { outputTokens: 1 }, active: false },
    { startsAt: at('05:00'), firstAt: at('05:30'), usage: { outputTokens: 4 }, projected: null },
  ]);
});

test('knows only the windows that the whole account opened, whatever is left out', () => {
  // One project's first message is the account's second: it is still in the first window.
  const starts = blockStarts([at('01:15'), at('04:00'), at('07:00')]);
  const blocks = usageBlocks(starts, [used('04:00'), used('07:00')], at('23:00'));
  expect(blocks.map(({ startsAt }) => startsAt)).toEqual([at('01:00'), at('07:00')]);
});

test('carries the mean pace of the open window on to its end', () => {
  const sums = [
    used('10:30', { outputTokens: 600, costPicodollars: 2_000_000_000_000 }),
    used('11:15', { cacheReadTokens: 5_400, costPicodollars: 1_000_000_000_000 }),
  ];
  const [block] = usageBlocks([at('10:00')], sums, at('12:00'));
  // 6,000 tokens and $3 in 90 minutes; three hours are left.
  expect(block).toMatchObject({
    active: true,
    tokensPerMinute: 67,
    costPerHourMicrodollars: 2_000_000,
    projected: { tokens: 18_000, costMicrodollars: 9_000_000 },
  });
});

test('projects no cost out of an unknown one', () => {
  const sums = [used('10:30', { inputTokens: 10, unpricedMessages: 1, unpricedTokens: 10 })];
  const [block] = usageBlocks([at('10:00')], sums, at('10:30'));
  expect(block).toMatchObject({
    usage: { costMicrodollars: null },
    costPerHourMicrodollars: null,
    projected: { costMicrodollars: null },
  });
});
