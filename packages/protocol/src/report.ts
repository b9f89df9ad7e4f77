import * as z from 'zod';
import { unpricedSchema, usageSchema } from './usage.js';

/** What rows of usage may be told apart by; `hour` is an hour of the week. */
export const usageKeys = ['day', 'week', 'month', 'hour', 'model', 'project', 'session'] as const;
export const usageKeySchema = z.enum(usageKeys);
export type UsageRowKey = z.infer<typeof usageKeySchema>;

/** Usage, and how far it can be trusted: no known price, a relative's price, no final output. */
export const usageTotalsSchema = usageSchema.extend({
  unpricedTokens: unpricedSchema.shape.tokens,
  unpricedMessages: unpricedSchema.shape.messages,
  estimatedMessages: z.int(),
  incompleteMessages: z.int(),
});
export type UsageTotals = z.infer<typeof usageTotalsSchema>;

/**
 * One row of a report: a sum and those of its keys that were asked for. `day` and `week` (its
 * Monday) are YYYY-MM-DD, `month` YYYY-MM, `hour` 0–23 and `weekday` 0–6 from Monday, all in the
 * person's zone. `project` is null where no line of the session says it.
 */
export const usageRowSchema = usageTotalsSchema.extend({
  day: z.string().optional(),
  week: z.string().optional(),
  month: z.string().optional(),
  weekday: z.int().optional(),
  hour: z.int().optional(),
  model: z.string().optional(),
  project: z.string().nullable().optional(),
  sessionId: z.string().optional(),
});
export type UsageRow = z.infer<typeof usageRowSchema>;

/** Which usage is wanted: local days, both included. Without a zone the server's own. */
export const usageFilterSchema = z.object({
  since: z.iso.date().optional(),
  until: z.iso.date().optional(),
  timezone: z.string().min(1).optional(),
  /** The project's whole path, or its last folder. */
  project: z.string().min(1).optional(),
  model: z.string().min(1).optional(),
});
export type UsageFilter = z.infer<typeof usageFilterSchema>;

/** Query of `GET /api/usage`; several keys separated by commas. */
export const usageReportQuerySchema = usageFilterSchema.extend({
  by: z
    .string()
    .default('day')
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(usageKeySchema)),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
  cursor: z.string().optional(),
});
export type UsageReportQuery = z.infer<typeof usageReportQuerySchema>;

/**
 * `GET /api/usage`: rows in the order of their keys; `totals` are of all rows, also of those on
 * the next pages. `since` and `until` are null where nothing bounds.
 */
export const usageReportSchema = z.object({
  rows: z.array(usageRowSchema),
  totals: usageTotalsSchema,
  timezone: z.string(),
  since: z.string().nullable(),
  until: z.string().nullable(),
  nextCursor: z.string().nullable(),
});
export type UsageReport = z.infer<typeof usageReportSchema>;

/** A row of `report session`: with what tells the session from others. `lastAt` in epoch ms. */
export const sessionRowSchema = usageRowSchema.extend({
  title: z.string().nullable(),
  lastAt: z.int(),
});
export type SessionRow = z.infer<typeof sessionRowSchema>;

/**
 * A row of `report blocks`: one 5-hour window. Times in epoch ms. Pace (tokens of all kinds, the
 * mean since the first message) and what it comes to at the end are null unless it is open.
 */
export const blockRowSchema = usageRowSchema.extend({
  startsAt: z.int(),
  endsAt: z.int(),
  active: z.boolean(),
  tokensPerMinute: z.int().nullable(),
  costPerHourMicrodollars: z.int().nullable(),
  projectedTokens: z.int().nullable(),
  projectedCostMicrodollars: z.int().nullable(),
});
export type BlockRow = z.infer<typeof blockRowSchema>;

/** All finished calls of a tool; `durationMs` is the sum of the `timed` ones. */
export const toolTotalsSchema = z.object({
  calls: z.int(),
  errors: z.int(),
  denials: z.int(),
  durationMs: z.int(),
  timed: z.int(),
  linesAdded: z.int(),
  linesRemoved: z.int(),
});
export type ToolTotals = z.infer<typeof toolTotalsSchema>;

/** A row of `report tools`; `project` only where it was asked for. */
export const toolRowSchema = toolTotalsSchema.extend({
  name: z.string(),
  project: z.string().nullable().optional(),
});
export type ToolRow = z.infer<typeof toolRowSchema>;
