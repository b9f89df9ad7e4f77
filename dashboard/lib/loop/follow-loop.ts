import {
  askSchema,
  noticeSchema,
  runSchema,
  type PartialText,
  type SessionEvent,
} from '@claude-optimizer/protocol';
import * as z from 'zod';
import { onAnnouncement, type Announced } from '../feed/announcements';
import { onceAFrame } from '../feed/frame';
import { getFeed } from '../feed/hooks';
import { withNotices, withoutSaid, withRuns } from './fold-loop';
import { fetchAsks, fetchNotices, fetchRuns } from './loop-api';
import { getLoopNews, setLoopNews } from './loop-news';

const asksSchema = z.array(askSchema);
const partialSchema = z.object({
  sessionId: z.string(),
  messageId: z.string(),
  text: z.string(),
}) satisfies z.ZodType<PartialText>;

let isFollowing = false;
/** Responses whose words stand in the transcript: nothing of them is being written any more. */
const said = new Set<string>();
let written: PartialText[] = [];

/** Begins to follow runs, questions and notices, once, for the life of the page. */
export function followLoop(): void {
  if (isFollowing) return;
  isFollowing = true;
  onAnnouncement(receive);
  getFeed().listen({ events: forgetSaid, snapshot: () => setLoopNews({ partials: new Map() }) });
  void refresh();
}

/** Asks for all of it; what fails comes with the next connection. */
async function refresh(): Promise<void> {
  const [asks, runs, notices] = await Promise.allSettled([
    fetchAsks(),
    fetchRuns({ limit: 100 }),
    fetchNotices(),
  ]);
  const known = getLoopNews();
  setLoopNews({
    isLoaded: true,
    ...(asks.status === 'fulfilled' && { asks: asks.value.asks }),
    ...(runs.status === 'fulfilled' && { runs: withRuns(known.runs, runs.value.runs) }),
    ...(notices.status === 'fulfilled' && {
      notices: withNotices(known.notices, notices.value.notices),
    }),
    scheduleNews: known.scheduleNews + 1,
  });
}

function receive({ name, content }: Announced): void {
  const known = getLoopNews();
  switch (name) {
    case 'connected':
      return void refresh();
    case 'run': {
      const run = runSchema.safeParse(content).data;
      if (run) setLoopNews({ runs: withRuns(known.runs, [run]) });
      return;
    }
    case 'asks': {
      const asks = asksSchema.safeParse(content).data;
      if (asks) setLoopNews({ asks });
      return;
    }
    case 'notice': {
      const notice = noticeSchema.safeParse(content).data;
      if (notice) setLoopNews({ notices: withNotices(known.notices, [notice]) });
      return;
    }
    case 'partial': {
      const partial = partialSchema.safeParse(content).data;
      if (!partial || said.has(partial.messageId)) return;
      written.push(partial);
      return showWritten();
    }
    case 'schedule':
      return setLoopNews({ scheduleNews: known.scheduleNews + 1 });
  }
}

const showWritten = onceAFrame(() => {
  const fresh = written.filter(({ messageId }) => !said.has(messageId));
  written = [];
  if (fresh.length === 0) return;
  const { partials } = getLoopNews();
  const news = fresh.map((partial) => [partial.sessionId, partial] as const);
  setLoopNews({ partials: new Map([...partials, ...news]) });
});

function forgetSaid(events: readonly SessionEvent[]): void {
  const { partials } = getLoopNews();
  const waiting = new Map(written.map((partial) => [partial.sessionId, partial]));
  const before = new Map([...partials, ...waiting]);
  const left = withoutSaid(before, events);
  if (left === before) return;
  for (const [id, { messageId }] of before) if (!left.has(id)) said.add(messageId);
  written = written.filter(({ messageId }) => !said.has(messageId));
  setLoopNews({ partials: left });
}
