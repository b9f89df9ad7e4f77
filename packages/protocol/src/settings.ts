import * as z from 'zod';
import { limitsOfRunSchema } from './plan.js';
import { limitActionSchema } from './run.js';

const name = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u, 'letters, digits, spaces, dots, _ and - only');
const folder = z.string().min(1);
const microdollars = z.int().positive();
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:30');

export const projectSchema = z.object({ name, path: folder });
export type Project = z.infer<typeof projectSchema>;

/** Not `bypassPermissions` by accident: that one is written by hand and shown with a banner. */
export const permissionModes = [
  'dontAsk',
  'default',
  'acceptEdits',
  'plan',
  'bypassPermissions',
] as const;

export const launcherSettingsSchema = z.object({
  /** The `claude` to start; null finds it on PATH. */
  claudePath: z.string().nullable().default(null),
  /** Runs at the same time, in all and in one project. */
  concurrent: z.int().min(1).max(20).default(3),
  perProject: z.int().min(1).max(10).default(1),
  permissionMode: z.enum(permissionModes).default('dontAsk'),
  allowedTools: z.array(z.string().min(1)).default([]),
  /** Asked of the person on the page instead of being refused. */
  askPermissions: z.boolean().default(true),
  model: z.string().nullable().default(null),
  limits: limitsOfRunSchema.prefault({}),
  onLimit: limitActionSchema.default('stop'),
  /** How long a question to the person waits, and what is then answered. */
  askTimeoutMs: z.int().min(1_000).max(86_400_000).default(600_000),
  askDefault: z.enum(['deny', 'stop']).default('deny'),
  /** Text with {{project}}, {{phase}}, {{objectives}}, {{constraints}}; null is the built-in one. */
  template: z.string().max(100_000).nullable().default(null),
  outputMegabytes: z.int().min(1).max(10_000).default(256),
});
export type LauncherSettings = z.infer<typeof launcherSettingsSchema>;

/** Over all launched runs; null is no cap. Days and weeks (from Monday) are local. */
export const capsSchema = z.object({
  dayMicrodollars: microdollars.nullable().default(null),
  weekMicrodollars: microdollars.nullable().default(null),
  runsPerDay: z.int().positive().nullable().default(20),
});
export type Caps = z.infer<typeof capsSchema>;

/** For sessions that the person started by hand: held by the hooks. */
export const handBudgetsSchema = z.object({
  sessionMicrodollars: microdollars.nullable().default(null),
  /** By registered project; wins over the default, a session's own budget over both. */
  projects: z.record(z.string(), microdollars).default({}),
  /** Whether permissions and questions of these sessions are shown and can be answered here. */
  answerHere: z.boolean().default(true),
  answerTimeoutMs: z.int().min(1_000).max(600_000).default(60_000),
});
export type HandBudgets = z.infer<typeof handBudgetsSchema>;

export const calendarKinds = ['ics-file', 'ics-url', 'caldav', 'google'] as const;
/** What a source may start: `confirm` asks once per content, `always` before every run. */
export const trusts = ['automatic', 'confirm', 'always'] as const;

/** A calendar; its secrets (URL of a private feed, password, tokens) are kept apart from this. */
export const calendarSourceSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  kind: z.enum(calendarKinds),
  name: z.string().min(1).max(100),
  trust: z.enum(trusts),
  enabled: z.boolean().default(true),
  /** ics-file: a file or folder. */
  path: z.string().optional(),
  /** caldav: the server; google: none. An ics-url's address is a secret. */
  serverUrl: z.url().optional(),
  username: z.string().optional(),
  /** Calendars of the account by name or address; none means all. */
  calendars: z.array(z.string()).default([]),
  /** ics-url, caldav: an address of a private network is allowed. */
  allowPrivate: z.boolean().default(false),
});
export type CalendarSourceSettings = z.infer<typeof calendarSourceSchema>;

export const calendarSettingsSchema = z.object({
  paused: z.boolean().default(false),
  autoStart: z.boolean().default(true),
  warnMinutes: z.array(z.int().min(0).max(1_440)).max(5).default([30, 5]),
  missed: z.enum(['run-if-within', 'skip', 'ask', 'latest-once']).default('run-if-within'),
  lateMinutes: z.int().min(0).max(1_440).default(15),
  /** Mail addresses that are the person's: an event organised by another starts nothing. */
  me: z.array(z.string()).default([]),
  /** IANA zone of the working hours; null is the machine's. */
  zone: z.string().nullable().default(null),
  workingHours: z
    .object({
      /** Monday is 1, Sunday 7. */
      days: z.array(z.int().min(1).max(7)).default([1, 2, 3, 4, 5]),
      from: clockTime.default('09:00'),
      to: clockTime.default('18:00'),
    })
    .prefault({}),
  sources: z.array(calendarSourceSchema).default([]),
});
export type CalendarSettings = z.infer<typeof calendarSettingsSchema>;

/** Which raw transcripts are kept; null is no limit, and for ever. */
export const archiveSettingsSchema = z.object({
  keep: z.boolean().default(true),
  limitBytes: z.int().min(1_000_000).nullable().default(10_000_000_000),
  retentionDays: z.int().min(1).max(36_500).nullable().default(null),
});
export type ArchiveSettings = z.infer<typeof archiveSettingsSchema>;

/** What the person has set, of `config.json`; an empty file is all defaults. */
export const settingsSchema = z.object({
  projects: z.array(projectSchema).default([]),
  /** Folders below which every project may run without being registered. */
  roots: z.array(folder).default([]),
  launcher: launcherSettingsSchema.prefault({}),
  caps: capsSchema.prefault({}),
  budgets: handBudgetsSchema.prefault({}),
  calendar: calendarSettingsSchema.prefault({}),
  archive: archiveSettingsSchema.prefault({}),
  notifications: z.object({ desktop: z.boolean().default(true) }).prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;

/** `GET /api/settings`, and the answer of `PUT /api/settings` (which takes whole sections). */
export const settingsAnswerSchema = z.object({
  settings: settingsSchema,
  /** Where the file lies, for those who edit it by hand. */
  file: z.string(),
  /** The client that would be started; null where there is none. */
  claude: z.object({ path: z.string(), version: z.string().nullable() }).nullable(),
});
export type SettingsAnswer = z.infer<typeof settingsAnswerSchema>;
export const settingsBodySchema = settingsSchema.partial();
export type SettingsBody = z.input<typeof settingsBodySchema>;
