import * as z from 'zod';
import { sessionEventSchema } from './event.js';
import { sessionStateSchema, sessionSummarySchema } from './session.js';
import { unpricedSchema, usageSchema } from './usage.js';

export const indexingSchema = z.object({ filesDone: z.int(), filesTotal: z.int() });
export type Indexing = z.infer<typeof indexingSchema>;

/** `GET /api/health`. `ready`: every file has been indexed once since the start. */
/** How the history is priced; `repricing` while it is given the prices of now, in sessions. */
export const pricingSchema = z.object({
  /** Whether the history has the prices of now. */
  current: z.boolean(),
  repricing: z.object({ done: z.int(), total: z.int() }).nullable(),
});
export type Pricing = z.infer<typeof pricingSchema>;

export const healthSchema = z.object({
  version: z.string(),
  ready: z.boolean(),
  indexing: indexingSchema,
  malformedLines: z.int(),
  clients: z.int(),
  /** Null where there is no history of the person's own, and from earlier versions. */
  pricing: pricingSchema.nullable().default(null),
});
export type Health = z.infer<typeof healthSchema>;

/** `GET /api/health/malformed`: lines that could not be read, newest first. */
export const malformedLineSchema = z.object({
  file: z.string(),
  byteOffset: z.int(),
  reason: z.string(),
  seenAt: z.int(),
});
export type MalformedLine = z.infer<typeof malformedLineSchema>;
export const malformedListSchema = z.object({
  lines: z.array(malformedLineSchema),
  total: z.int(),
});

/** A session's usage in one slot of time; `at` is the slot's start. */
export const usagePointSchema = z.object({ at: z.int(), usage: usageSchema });
export type UsagePoint = z.infer<typeof usagePointSchema>;

/** What a sum must know so that further responses add up in it exactly. */
const exactly = {
  /** What rounding it to micro-dollars took from it (pico-dollars). */
  costFraction: z.int(),
  /** How many of its responses have no known price. */
  unpriced: z.int(),
};

/**
 * `GET /api/sessions/:id`. State after `seq`; usage over time in slots of `slotMs` (at most 400,
 * so that an event's `change` can be added to its slot); the newest events, oldest first.
 */
export const sessionDetailSchema = z.object({
  seq: z.int(),
  state: sessionStateSchema,
  slotMs: z.int(),
  usage: z.array(usagePointSchema.extend(exactly)),
  usageByModel: z.array(z.object({ model: z.string(), usage: usageSchema, ...exactly })),
  activity: z.array(sessionEventSchema),
});
export type SessionDetail = z.infer<typeof sessionDetailSchema>;

/** `GET /api/sessions/:id/events?before=<seq>&limit=`: older activity, oldest first. */
export const eventQuerySchema = z.object({
  before: z.coerce.number().int().min(1).optional(),
  /** Given, the events after this one are wanted instead. */
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(2_000).default(100),
});
export const eventPageSchema = z.object({
  events: z.array(sessionEventSchema),
  nextBefore: z.int().nullable(),
});
export type EventPage = z.infer<typeof eventPageSchema>;

/**
 * `GET /api/sessions/:id/events?after=<seq>&limit=`: what followed, oldest first. `nextAfter` is
 * null when these are all that there were up to the history's event `seq`.
 */
export const eventsAfterSchema = z.object({
  events: z.array(sessionEventSchema),
  nextAfter: z.int().nullable(),
  seq: z.int(),
});
export type EventsAfter = z.infer<typeof eventsAfterSchema>;

export const todaySchema = z.object({
  /** Local midnight of the server, epoch ms. */
  startsAt: z.int(),
  usage: usageSchema,
  unpriced: unpricedSchema,
  sessions: z.int(),
});
export type Today = z.infer<typeof todaySchema>;

export const demoStateSchema = z.object({ running: z.boolean(), speed: z.number() });
export type DemoState = z.infer<typeof demoStateSchema>;

/** `GET /api/live`, and the socket's `snapshot`: what the first page needs, complete after `seq`. */
export const snapshotSchema = z.object({
  /** Which history `seq` counts in: the person's own, or a demo's. Changes → forget everything. */
  epoch: z.string(),
  seq: z.int(),
  now: z.int(),
  version: z.string(),
  today: todaySchema,
  /** running, waiting and idle sessions. */
  active: z.array(sessionSummarySchema),
  /** Those that ended last. */
  recent: z.array(sessionSummarySchema),
  sessionsTotal: z.int(),
  indexing: indexingSchema,
  ready: z.boolean(),
  malformedLines: z.int(),
  demo: demoStateSchema,
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** `GET /api/token`: what a request that changes something must bring as `x-optimizer-token`. */
export const tokenSchema = z.object({ token: z.string() });
export const TOKEN_HEADER = 'x-optimizer-token';

/** What `POST /api/sessions/:id/end` and `…/budget` answer: the event that says so. */
export const eventAnswerSchema = z.object({ event: sessionEventSchema });
export type EventAnswer = z.infer<typeof eventAnswerSchema>;

/** `POST /api/sessions/:id/budget`. */
export const budgetBodySchema = z.object({
  budgetMicrodollars: z.int().min(1).max(Number.MAX_SAFE_INTEGER).nullable(),
});

/** `POST /api/demo/start`: how much faster than life. `POST /api/demo/stop` takes nothing. */
export const demoSpeeds = [1, 4, 16] as const;
export const demoBodySchema = z.object({ speed: z.literal(demoSpeeds).default(4) });
