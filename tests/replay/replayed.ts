import { detailAt, detailBefore, foldDetail } from '@claude-optimizer/core/fold';
import { Replay } from '@claude-optimizer/core/replay';
import type { SessionDetail } from '@claude-optimizer/protocol';
import { expect } from 'vitest';
import { fetchDetail, fetchHistory } from '../support/api.js';

const PLACES = 5;

/**
 * Holds that a session's replay ends in its live detail, and is at places on the way what folding
 * each event from the first gives. Returns how many events it has.
 */
export async function expectReplayed(url: string, id: string): Promise<number> {
  const live = await fetchDetail(url, id);
  if (live === null) throw new Error(`there is no session ${id}`);
  const events = await fetchHistory(url, id);
  const now = Date.now();
  const replay = new Replay(id, live.slotMs);
  replay.use(events);
  const ended = replay.after(events.length, now);
  expect(comparable(ended, live), `the end of ${id}`).toEqual(
    comparable(detailAt(live, now), live),
  );

  const places = Array.from({ length: PLACES }, (_, at) =>
    Math.floor((events.length * (PLACES - at)) / (PLACES + 1)),
  );
  const wanted = new Map<number, SessionDetail>();
  let detail = detailBefore(id, events[0], live.slotMs);
  events.forEach((event, at) => {
    detail = foldDetail(detail, [event]);
    if (places.includes(at + 1)) wanted.set(at + 1, detail);
  });
  for (const [count, plain] of wanted) {
    expect(replay.after(count, now), `event ${count} of ${id}`).toEqual(detailAt(plain, now));
  }
  return events.length;
}

// What an answer bounds is compared as far as it goes, and models in one order: theirs is by cost.
function comparable(detail: SessionDetail, live: SessionDetail) {
  const { seq: _seq, state, activity, usageByModel, ...rest } = detail;
  const paths = new Set(live.state.files.map(({ path }) => path));
  return {
    ...rest,
    state: { ...state, files: state.files.filter(({ path }) => paths.has(path)) },
    activity: activity.slice(-live.activity.length),
    usageByModel: new Map(usageByModel.map(({ model, ...sum }) => [model, sum])),
  };
}
