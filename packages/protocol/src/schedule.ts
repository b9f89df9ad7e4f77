import * as z from 'zod';
import { limitsOfRunSchema, orderSchema, planProblemSchema, planSchema } from './plan.js';
import { momentSchema } from './session-list.js';
import { runSchema } from './run.js';
import { calendarKinds, calendarSourceSchema, capsSchema, trusts } from './settings.js';

/** Epoch milliseconds. */
const time = z.int();

/** Whether a plan may start: by its source's trust, or by what the person said to its content. */
export const approvals = ['automatic', 'needed', 'approved', 'refused'] as const;

/** A plan with what became of it. */
export const scheduledPlanSchema = z.object({
  plan: planSchema,
  approval: z.enum(approvals),
  /** Why it won't start as it stands, in a sentence; null when it will. */
  hindrance: z.string().nullable(),
  /** Whether it can be moved and edited here. */
  writable: z.boolean(),
  run: runSchema.nullable(),
  /** While it runs, the calendar has changed or dropped it. */
  changed: z.enum(['moved', 'edited', 'cancelled']).nullable(),
  /** Ids of plans with which it overlaps in the same project. */
  overlaps: z.array(z.string()),
});
export type ScheduledPlan = z.infer<typeof scheduledPlanSchema>;

export const busySchema = z.object({ startsAt: time, endsAt: time, source: z.string() });
export type Busy = z.infer<typeof busySchema>;

/** `GET /api/schedule?from=&to=` (epoch ms or ISO; at most 62 days): by start. */
export const scheduleQuerySchema = z.object({ from: momentSchema, to: momentSchema });
export const scheduleSchema = z.object({
  plans: z.array(scheduledPlanSchema),
  busy: z.array(busySchema),
  paused: z.boolean(),
  autoStart: z.boolean(),
  caps: capsSchema,
  /** What launched runs have cost today and this week, and how many were started today. */
  used: z.object({ dayMicrodollars: z.int(), weekMicrodollars: z.int(), runsToday: z.int() }),
  zone: z.string(),
  now: time,
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** An entry of our own schedule: local wall time in a zone, and a rule where it recurs. */
export const entryBodySchema = orderSchema.extend({
  title: z.string().trim().max(200).optional(),
  /** `2026-03-29T09:00` in `zone`. */
  startsAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'a local time as 2026-03-29T09:00'),
  minutes: z.int().min(5).max(1_440).default(60),
  zone: z.string(),
  /** RRULE without its name: `FREQ=WEEKLY;BYDAY=MO`. */
  rule: z.string().max(500).nullable().default(null),
  limits: limitsOfRunSchema.prefault({}),
});
export type EntryBody = z.input<typeof entryBodySchema>;
export const entrySchema = entryBodySchema.extend({
  id: z.string(),
  title: z.string(),
  /** Occurrences (their local start) that were taken out. */
  except: z.array(z.string()),
  revision: z.int(),
});
export type Entry = z.infer<typeof entrySchema>;

/**
 * `PUT /api/schedule/plans/:id`: a plan of a calendar that can be written to, of a series this one
 * alone. `seen` is how it was shown: where it is another by now, nothing is changed.
 */
export const planEditSchema = orderSchema.extend({
  startsAt: time,
  minutes: z.int().min(5).max(1_440),
  seen: z.object({ startsAt: time, contentHash: z.string() }),
});
export type PlanEdit = z.infer<typeof planEditSchema>;

/** `POST /api/schedule/plans/:id/move`; `from` is where it was shown, if that counts. */
export const planMoveSchema = z.object({ startsAt: time, from: time.optional() });

/** `POST /api/schedule/preview`: what an entry would come to; nothing is stored. */
export const entryPreviewSchema = z.object({
  problems: z.array(planProblemSchema),
  /** The exact words of the first session. */
  prompt: z.string(),
  /** Starts within the next 60 days, epoch ms. */
  occurrences: z.array(time),
  /** Ids of plans with which the first overlaps, in the same project. */
  conflicts: z.array(z.string()),
});
export type EntryPreview = z.infer<typeof entryPreviewSchema>;

/** `POST /api/schedule/plans/:id/approval`; `series` covers all occurrences with this content. */
export const approvalBodySchema = z.object({
  decision: z.enum(['approve', 'refuse']),
  contentHash: z.string(),
  series: z.boolean().default(false),
});

/** State of a calendar: `GET /api/calendars`. */
export const calendarStateSchema = z.object({
  id: z.string(),
  kind: z.enum(['own', ...calendarKinds]),
  name: z.string(),
  trust: z.enum(trusts),
  enabled: z.boolean(),
  writable: z.boolean(),
  /** Where it is read from, without secrets. */
  place: z.string(),
  state: z.enum(['new', 'ok', 'failing', 'off']),
  fetchedAt: time.nullable(),
  changedAt: time.nullable(),
  /** The last failure, with what to do; null once it went well. */
  error: z.string().nullable(),
  failures: z.int(),
  plans: z.int(),
  problems: z.int(),
  /** What in it starts nothing, and why: events of others, and such that can't be read. */
  refused: z.array(planProblemSchema),
  /** Its settings, for the form; null for our own schedule. */
  settings: calendarSourceSchema.nullable(),
});
export type CalendarState = z.infer<typeof calendarStateSchema>;
export const calendarListSchema = z.object({ calendars: z.array(calendarStateSchema) });

/** `POST /api/calendars`: a new source with its secret, which is never answered again. */
export const calendarBodySchema = calendarSourceSchema
  .omit({ id: true, trust: true })
  .partial({ enabled: true, calendars: true, allowPrivate: true })
  .extend({
    trust: z.enum(trusts).optional(),
    /** The feed's address (ics-url). */
    url: z.string().optional(),
    password: z.string().optional(),
    clientId: z.string().optional(),
    clientSecret: z.string().optional(),
    /** Of a login that `calendar login` has made. */
    refreshToken: z.string().optional(),
  });
export type CalendarBody = z.input<typeof calendarBodySchema>;

/** `PATCH /api/calendars/:id`: what is given is changed; a secret that is given replaces the old. */
export const calendarChangeSchema = calendarBodySchema.omit({ kind: true }).partial();
export type CalendarChange = z.input<typeof calendarChangeSchema>;

/** `POST /api/calendars/logins`: a login at Google, for a new calendar or (`calendar`) an old one. */
export const googleLoginBodySchema = z.object({
  /** Of a calendar that is to be logged in again; its client is kept unless another is given. */
  calendar: z.string().optional(),
  name: z.string().trim().min(1).max(100).optional(),
  trust: z.enum(trusts).optional(),
  clientId: z.string().trim().min(1).optional(),
  clientSecret: z.string().trim().min(1).optional(),
});
export type GoogleLoginBody = z.infer<typeof googleLoginBodySchema>;
/** Its answer: the page at Google that the person opens in a browser of this machine. */
export const googleLoginSchema = z.object({ id: z.string(), page: z.url() });
/** `GET /api/calendars/logins/:id`: what has become of it. */
export const googleLoginStateSchema = z.object({
  state: z.enum(['waiting', 'done', 'failed']),
  /** The calendar, once it is done. */
  calendar: z.string().nullable(),
  error: z.string().nullable(),
});
export type GoogleLoginState = z.infer<typeof googleLoginStateSchema>;

/** `GET /api/feed`: our own schedule for subscribing to, behind a secret address; null when off. */
export const scheduleFeedSchema = z.object({ path: z.string().nullable() });
export type ScheduleFeed = z.infer<typeof scheduleFeedSchema>;

/** What happened to plans, runs and settings, by whom: `GET /api/audit?limit=&before=`. */
export const auditLineSchema = z.object({
  id: z.int(),
  at: time,
  /** What it is about: a plan, run, source, project or setting, as `plan:<id>`. */
  subject: z.string(),
  action: z.string(),
  text: z.string(),
});
export type AuditLine = z.infer<typeof auditLineSchema>;
export const auditListSchema = z.object({
  lines: z.array(auditLineSchema),
  nextBefore: z.int().nullable(),
});
