import * as z from 'zod';
import { limitsOfRunSchema, orderSchema } from './plan.js';

/** Epoch milliseconds. */
const time = z.int();

/**
 * The life of a run, in order. `running`: it has given its first output, only then it ran.
 * The last four are ends.
 */
export const runStates = [
  'scheduled',
  'warned',
  'claimed',
  'started',
  'running',
  'succeeded',
  'failed',
  'stopped',
  'missed',
] as const;
export const runStateSchema = z.enum(runStates);
export type RunState = z.infer<typeof runStateSchema>;
export const runEnds = ['succeeded', 'failed', 'stopped', 'missed'] as const;

/** Why a run is in its state, for programs; `reason` says it to people. */
export const runCauses = [
  'done',
  'turn_limit',
  'cost_limit',
  'token_limit',
  'time_limit',
  'day_cap',
  'week_cap',
  'person',
  'signal',
  'api_error',
  'rate_limit',
  'overloaded',
  'not_logged_in',
  'bad_start',
  'no_client',
  'no_output',
  'keeper_lost',
  'output_limit',
  'late',
  'not_approved',
  'paused',
  'cancelled',
  'not_allowed',
  'queue_full',
] as const;
export const runCauseSchema = z.enum(runCauses);
export type RunCause = z.infer<typeof runCauseSchema>;

/** What to do when a limit is reached: end it, ask the person, or let it finish its objective. */
export const limitActions = ['stop', 'ask', 'finish'] as const;
export const limitActionSchema = z.enum(limitActions);
export type LimitAction = z.infer<typeof limitActionSchema>;

export const spentSchema = z.object({
  costMicrodollars: z.int().nullable(),
  tokens: z.int(),
  turns: z.int(),
  wallMs: z.int(),
});
export type Spent = z.infer<typeof spentSchema>;

/** One process that we launch (or will launch) for a plan or by command. */
export const runSchema = z.object({
  id: z.string(),
  /** Null for one that was started by command or from the page. */
  planId: z.string().nullable(),
  origin: z.enum(['calendar', 'command', 'page']),
  /** uuid given to the client; a plan's is chosen when it is claimed. */
  sessionId: z.string().nullable(),
  state: runStateSchema,
  cause: runCauseSchema.nullable(),
  reason: z.string().nullable(),
  order: orderSchema,
  /** The real folder in which it runs; null until it was allowed. */
  cwd: z.string().nullable(),
  onLimit: limitActionSchema,
  limits: limitsOfRunSchema,
  spent: spentSchema,
  /** The highest of 50, 80, 95 and 100 % of any limit that was told of; 0 for none. */
  warnedPercent: z.int(),
  /** What it took beyond its limits; null while within. */
  overshoot: spentSchema.nullable(),
  scheduledAt: time.nullable(),
  /** End of its plan: nothing is tried again afterwards. */
  endsAt: time.nullable().default(null),
  warnedAt: time.nullable(),
  claimedAt: time.nullable(),
  startedAt: time.nullable(),
  firstOutputAt: time.nullable(),
  endedAt: time.nullable(),
  /** Held until then, after a temporary failure; null when not. */
  heldUntil: time.nullable(),
  attempt: z.int(),
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  clientCostMicrodollars: z.int().nullable(),
  objectives: z.object({ completed: z.int(), total: z.int() }),
  /** Grows with every change: the greater one is the newer. */
  revision: z.int(),
});
export type Run = z.infer<typeof runSchema>;

/** `GET /api/runs?active=true&sessionId=&planId=&limit=&cursor=`, newest first. */
export const runQuerySchema = z.object({
  active: z.stringbool().optional(),
  sessionId: z.string().optional(),
  planId: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().optional(),
});
export type RunQuery = z.infer<typeof runQuerySchema>;
export const runListSchema = z.object({
  runs: z.array(runSchema),
  nextCursor: z.string().nullable(),
});
export type RunList = z.infer<typeof runListSchema>;

/** `POST /api/runs`. With `dryRun` nothing starts and a `runPreview` is answered. */
export const runBodySchema = orderSchema.partial().extend({
  onLimit: limitActionSchema.optional(),
  /** Instead of the configured one. */
  template: z.string().max(100_000).optional(),
  dryRun: z.boolean().default(false),
});
export type RunBody = z.input<typeof runBodySchema>;
export const runAnswerSchema = z.object({ run: runSchema });
export const runPreviewSchema = z.object({
  prompt: z.string(),
  argv: z.array(z.string()),
  cwd: z.string(),
  limits: limitsOfRunSchema,
});
export type RunPreview = z.infer<typeof runPreviewSchema>;

/** `POST /api/runs/:id/extend`: limits to raise; what isn't named stays. `…/stop` takes nothing. */
const limit = z.int().positive().nullable().optional();
export const extendBodySchema = z.object({
  // Not the partial of `limitsOfRunSchema`: its defaults would take away what isn't named.
  costMicrodollars: limit,
  tokens: limit,
  turns: limit,
  wallMs: limit,
});
/** `POST /api/runs/:id/message`: a follow-up from the person. */
export const messageBodySchema = z.object({ text: z.string().trim().min(1).max(100_000) });
