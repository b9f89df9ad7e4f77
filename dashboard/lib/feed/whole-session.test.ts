import type { EventsAfter, SessionEvent } from '@claude-optimizer/protocol';
import { expect, it } from 'vitest';
import { prompted, started, turnEnded } from './event.fixture';
import type { FeedListener } from './feed';
import { RecentEvents } from './recent-events';
import { WholeSession } from './whole-session';

/** A server with these events, two to a page, and the page's feed since `seq`. */
function served(events: SessionEvent[], seq: number) {
  const recentEvents = new RecentEvents();
  recentEvents.restart(seq);
  let listener: FeedListener | null = null;
  const asked: number[] = [];
  const ask = (id: string, after: number): Promise<EventsAfter> => {
    asked.push(after);
    const newer = events.filter((event) => event.seq > after && event.sessionId === id);
    const page = newer.slice(0, 2);
    const nextAfter = newer.length > 2 ? (page.at(-1)?.seq ?? null) : null;
    return Promise.resolve({ events: page, nextAfter, seq: events.at(-1)?.seq ?? 0 });
  };
  const source = {
    recentEvents,
    listen: (given: FeedListener) => {
      listener = given;
      return () => (listener = null);
    },
  };
  const say = (...news: SessionEvent[]) => {
    events.push(...news);
    recentEvents.add(news);
    listener?.events(news);
  };
  const jump = (isNewHistory: boolean) => {
    recentEvents.restart(events.at(-1)?.seq ?? 0);
    listener?.snapshot(isNewHistory);
  };
  return { whole: new WholeSession(source, 'a', ask), asked, say, jump };
}

const seqs = (whole: WholeSession) => whole.load.events.map(({ seq }) => seq);
const three = () => [started(1, 'a'), started(2, 'b'), prompted(3, 'a'), turnEnded(4, 'a')];

it('reads a session page by page and goes on with what comes', async () => {
  const { whole, asked, say } = served(three(), 4);
  const stop = whole.watch(() => undefined);
  await expect.poll(() => whole.load.kind).toBe('ready');
  expect([seqs(whole), asked]).toEqual([
    [1, 3, 4],
    [0, 3],
  ]);
  say(prompted(5, 'b'), prompted(6, 'a'));
  expect(seqs(whole)).toEqual([1, 3, 4, 6]);
  stop();
});

it('misses nothing that comes while a page is on its way', async () => {
  const { whole, say } = served([started(1, 'a')], 1);
  const stop = whole.watch(() => undefined);
  say(prompted(2, 'a'));
  await expect.poll(() => whole.load.kind).toBe('ready');
  expect(seqs(whole)).toEqual([1, 2]);
  stop();
});

it('asks for what it missed, and forgets another history', async () => {
  const events = three();
  const { whole, jump } = served(events, 4);
  const stop = whole.watch(() => undefined);
  await expect.poll(() => whole.load.kind).toBe('ready');
  events.push(prompted(5, 'a'));
  jump(false);
  await expect.poll(() => seqs(whole)).toEqual([1, 3, 4, 5]);
  events.splice(0, events.length, started(1, 'a'));
  jump(true);
  await expect.poll(() => seqs(whole)).toEqual([1]);
  stop();
});
