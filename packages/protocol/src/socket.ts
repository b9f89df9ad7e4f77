import * as z from 'zod';
import type { Ask, Notice } from './ask.js';
import type { EventOf, SessionEvent, SessionEventType } from './event.js';
import type { DemoState, Indexing, Snapshot } from './rest.js';
import type { Run } from './run.js';

/**
 * `subscribe`: what the client has already seen. Without `afterSeq`, or with another `epoch`, or
 * too far behind, it gets a `snapshot` first. `batch`: events come in one `events` message at most
 * 60 times a second, as a page wants them, instead of one by one under their own names.
 */
export const subscribeSchema = z.object({
  afterSeq: z.int().min(0).optional(),
  epoch: z.string().optional(),
  batch: z.boolean().optional(),
});
export type Subscribe = z.infer<typeof subscribeSchema>;

/** State of the reading that isn't about one session. */
export type ServerStatus = {
  indexing: Indexing;
  ready: boolean;
  malformedLines: number;
  demo: DemoState;
};

type EventMessages = { [T in SessionEventType]: (event: EventOf<T>) => void };

/** Text of a launched session as it is being written; its transcript says it again, whole. */
export type PartialText = { sessionId: string; messageId: string; text: string };

/**
 * State besides the sessions' events, each whole and newest last: a page that (re)connects asks
 * REST for it (`/api/runs`, `/api/asks`, `/api/schedule`).
 */
export type Announcements = {
  run: Run;
  asks: Ask[];
  notice: Notice;
  partial: PartialText;
  /** Plans, calendars or settings have changed: what shows them asks again. */
  schedule: { at: number };
};
type AnnouncementMessages = {
  [N in keyof Announcements]: (announcement: Announcements[N]) => void;
};

export type ServerToClient = EventMessages &
  AnnouncementMessages & {
    events: (events: SessionEvent[]) => void;
    snapshot: (snapshot: Snapshot) => void;
    status: (status: ServerStatus) => void;
  };

export type ClientToServer = {
  subscribe: (request: Subscribe) => void;
};
