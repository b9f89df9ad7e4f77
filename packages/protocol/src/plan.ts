import * as z from 'zod';

/** Epoch milliseconds. */
const time = z.int();

/** The most that a run may take; null is no limit of that kind. */
export const limitsOfRunSchema = z.object({
  costMicrodollars: z.int().positive().nullable().default(null),
  /** Input, output and cache tokens together. */
  tokens: z.int().positive().nullable().default(null),
  turns: z.int().positive().nullable().default(null),
  /** Wall-clock time from the start. */
  wallMs: z.int().positive().nullable().default(null),
});
export type LimitsOfRun = z.infer<typeof limitsOfRunSchema>;

/** Something in a plan that isn't right: where, why, and what would be. */
export const planProblemSchema = z.object({
  field: z.string(),
  message: z.string(),
  fix: z.string(),
});
export type PlanProblem = z.infer<typeof planProblemSchema>;

/** What a session is to do and how much it may take, wherever it was written down. */
export const orderSchema = z.object({
  /** Name of a registered project as written; null when only `path` was given. */
  project: z.string().nullable(),
  /** A folder as written (`~/code/app`); it must be registered or lie in an allowed root. */
  path: z.string().nullable(),
  phase: z.string().nullable(),
  /** An alias or full name, as `claude --model` takes it; null is the configured one. */
  model: z.string().nullable(),
  limits: limitsOfRunSchema,
  objectives: z.array(z.string()),
  constraints: z.array(z.string()).default([]),
});
export type Order = z.infer<typeof orderSchema>;

/** A future session: one occurrence of a calendar entry or of our own schedule. */
export const planSchema = orderSchema.extend({
  /** Of source, UID and recurrence: the same occurrence always has the same. */
  id: z.string(),
  /** The calendar source's id; `own` for our own schedule. */
  source: z.string(),
  uid: z.string(),
  /** Which occurrence of a series: its original local start (`2026-03-29T09:00`); null for one. */
  recurrence: z.string().nullable(),
  /** The title as written. */
  title: z.string(),
  startsAt: time,
  endsAt: time,
  /** For that day, without a time: it never starts by itself. */
  allDay: z.boolean(),
  /** IANA zone in which its local time stands. */
  zone: z.string(),
  problems: z.array(planProblemSchema),
  /** Of all that an approval covers: project, path, phase, model, limits, objectives. */
  contentHash: z.string(),
});
export type Plan = z.infer<typeof planSchema>;
