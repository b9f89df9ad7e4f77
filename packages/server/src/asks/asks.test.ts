import type { Announcements, Ask } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Announcer } from '../feed/announcer.js';
import { Asks, type NewAsk } from './asks.js';

const START = 1_800_000_000_000;

function permission(asked: Partial<NewAsk> = {}): NewAsk {
  return {
    kind: 'permission',
    sessionId: 'session',
    runId: null,
    project: '/work/shop',
    toolName: 'Bash',
    toolUseId: 'toolu_1',
    agentId: null,
    label: 'npm test',
    input: { command: 'npm test' },
    questions: [],
    expiresAt: null,
    ...asked,
  };
}

const OPTIONS = [
  { label: 'Red', description: 'the colour' },
  { label: 'Blue', description: 'the other' },
];
const question = permission({
  kind: 'question',
  questions: [{ question: 'Which?', header: 'Colour', multiSelect: false, options: OPTIONS }],
});

describe('Asks', () => {
  let told: Announcements['asks'][] = [];
  let opened: Ask[] = [];
  let asks: Asks;

  beforeEach(() => {
    vi.useFakeTimers({ now: START });
    told = [];
    opened = [];
    const announcer = new Announcer();
    announcer.onAnnouncement((name, announcement) => {
      if (name === 'asks') told.push(announcement as Ask[]);
    });
    const onOpen = (ask: Ask) => void opened.push(ask);
    asks = new Asks({ announcer, now: () => Date.now(), onOpen });
  });
  afterEach(() => vi.useRealTimers());

  it('tells the whole list on each change, oldest first', () => {
    const first = asks.open(permission()).ask;
    const second = asks.open(permission({ label: 'ls' })).ask;
    asks.withdraw(first.id);
    expect(told).toEqual([[first], [first, second], [second]]);
    expect(opened).toEqual([first, second]);
    expect(first.askedAt).toBe(START);
  });

  it('gives the answer to the one who asked', async () => {
    const { ask, answered } = asks.open(permission());
    asks.answer(ask.id, { decision: 'deny', reason: 'not now' });
    await expect(answered).resolves.toEqual({ decision: 'deny', reason: 'not now' });
    expect(asks.list()).toEqual([]);
  });

  it('knows one that was never there from one that has ended', () => {
    const { ask } = asks.open(permission());
    asks.answer(ask.id, { decision: 'allow' });
    const again = () => asks.answer(ask.id, { decision: 'allow' });
    expect(again).toThrow(expect.objectContaining({ code: 'conflict' }));
    const unknown = () => asks.answer('nobody', { decision: 'allow' });
    expect(unknown).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  it('expires by the clock, also one that has moved, and then takes no answer', async () => {
    const { ask, answered } = asks.open(permission({ expiresAt: START + 60_000 }));
    vi.setSystemTime(START - 10_000);
    vi.advanceTimersByTime(60_000);
    expect(asks.list()).toEqual([ask]);
    vi.advanceTimersByTime(10_000);
    await expect(answered).resolves.toBe('expired');
    expect(() => asks.answer(ask.id, { decision: 'allow' })).toThrow('has expired');
  });

  it('is over at once when it was over before', async () => {
    const { answered } = asks.open(permission({ expiresAt: START }));
    await expect(answered).resolves.toBe('expired');
    expect(opened).toEqual([]);
  });

  it('waits longer than a timer can', async () => {
    const days = 40 * 86_400_000;
    const { answered } = asks.open(permission({ expiresAt: START + days }));
    vi.advanceTimersByTime(days - 1);
    expect(asks.list()).toHaveLength(1);
    vi.advanceTimersByTime(1);
    await expect(answered).resolves.toBe('expired');
  });

  it.each([
    [permission(), { decision: 'finish' }],
    [permission({ kind: 'limit' }), { decision: 'allow' }],
    [question, { decision: 'allow' }],
    [question, { decision: 'answers', answers: {} }],
    [question, { decision: 'answers', answers: { 'Which?': ' ' } }],
    [question, { decision: 'answers', answers: { 'Which?': 'Red', 'Who?': 'me' } }],
  ] as const)('refuses what is no answer and goes on waiting', (asked, answer) => {
    const { ask } = asks.open(asked);
    const give = () => asks.answer(ask.id, answer);
    expect(give).toThrow(expect.objectContaining({ code: 'bad_request' }));
    expect(asks.list()).toEqual([ask]);
  });

  it('withdraws all when it closes', async () => {
    const { answered } = asks.open(permission({ expiresAt: START + 1_000 }));
    asks.close();
    await expect(answered).resolves.toBe('withdrawn');
    expect(vi.getTimerCount()).toBe(0);
  });
});
