import * as z from 'zod';
import { unpricedSchema, usageSchema } from './usage.js';

/** Epoch milliseconds. */
const time = z.int();

export const objectiveStatuses = ['pending', 'in_progress', 'completed', 'removed'] as const;
export const objectiveSources = ['todo', 'task', 'mark', 'plan'] as const;
export const toolOutcomes = ['ok', 'error', 'denied', 'cancelled'] as const;
export const agentStatuses = ['running', 'completed', 'failed', 'background'] as const;
/** Where the price of a response came from; a prefix match on the name is only an estimate. */
export const priceBases = ['exact', 'estimate', 'unknown'] as const;

export const contextSchema = z.object({
  /** Tokens in front of the model in the main thread's last turn. */
  tokens: z.int(),
  /** Size of the model's context window in tokens; null when not known. */
  window: z.int().nullable(),
});
export type ContextFill = z.infer<typeof contextSchema>;

/** What every event has: `seq` is global, increasing and gap-free; `timestamp` in epoch ms. */
const base = { seq: z.int(), sessionId: z.string(), timestamp: time };
/** The subagent in whose thread it happened; null in the main thread. */
const agentId = z.string().nullable();

const start = z.object({
  ...base,
  type: z.literal('session:start'),
  /** Working directory at the start, when a line has named it. */
  project: z.string().nullable(),
  /** True once there is something to show; sessions of warm-ups alone never become visible. */
  visible: z.boolean(),
});

/** Facts about the session as they become known; only what changed is there. */
const info = z.object({
  ...base,
  type: z.literal('session:info'),
  visible: z.boolean().exactOptional(),
  project: z.string().exactOptional(),
  title: z.string().exactOptional(),
  branch: z.string().exactOptional(),
  version: z.string().exactOptional(),
  entrypoint: z.string().exactOptional(),
  permissionMode: z.string().exactOptional(),
  pullRequest: z.string().exactOptional(),
  /** Set once hooks or telemetry have told something: the transcript repeats it. */
  live: z.literal(true).exactOptional(),
  /** The open tool for which the client asks the person; null once they have answered. */
  askedFor: z.string().nullable().exactOptional(),
});

const turn = z.object({
  ...base,
  type: z.literal('session:turn'),
  phase: z.enum(['start', 'end', 'interrupted']),
  /** uuid of the record that says so. */
  recordId: z.string(),
  /** Preview of the prompt (start only). */
  prompt: z.string().exactOptional(),
  /** The client's own id of the prompt, the same in transcript and hooks (start only). */
  promptId: z.string().exactOptional(),
  /** How long the client says that the turn took (end only). */
  durationMs: z.int().exactOptional(),
});

/** The start of an assistant's text, for the activity feed. */
const message = z.object({
  ...base,
  type: z.literal('session:message'),
  recordId: z.string(),
  agentId,
  text: z.string(),
  /** Older clients don't say when a turn is over: a text may be its last word. */
  closing: z.boolean(),
});

const tokens = z.object({
  ...base,
  type: z.literal('session:tokens'),
  messageId: z.string(),
  model: z.string(),
  agentId,
  basis: z.enum(priceBases),
  /** This response as now known; replaces what was said before for the same message. */
  usage: usageSchema,
  /** What this event adds to the session's totals: tokens, and cost as those are rounded. */
  change: usageSchema,
  /** The session's usage after this event, and how much of it has no price. */
  totals: usageSchema,
  unpriced: unpricedSchema,
  /** How many of the session's responses never got their final output count. */
  incomplete: z.int().default(0),
  /** What rounding took from the totals' cost, in pico-dollars (a millionth of its unit). */
  costFraction: z.int(),
  /** The weakest basis of all the session's responses, where prices have changed. */
  sessionBasis: z.enum(priceBases).exactOptional(),
  /** Context fill after this response; null when it isn't a turn of the main thread. */
  context: contextSchema.nullable(),
});

const tool = z.object({
  ...base,
  type: z.literal('session:tool'),
  toolUseId: z.string(),
  name: z.string(),
  agentId,
  phase: z.enum(['start', 'end']),
  /** What it works on, in a few words: a command, a file, a pattern. */
  label: z.string(),
  outcome: z.enum(toolOutcomes).exactOptional(),
  /** From use to result, in ms (end only, when the use was seen). */
  durationMs: z.int().exactOptional(),
  file: z.string().exactOptional(),
  linesAdded: z.int().exactOptional(),
  linesRemoved: z.int().exactOptional(),
  /** First words of the error (end only). */
  error: z.string().exactOptional(),
});

export const progressSchema = z.object({ completed: z.int(), total: z.int() });

const objective = z.object({
  ...base,
  type: z.literal('session:objective'),
  objectiveId: z.string(),
  text: z.string(),
  status: z.enum(objectiveStatuses),
  source: z.enum(objectiveSources),
  /** The client's own number of the task, which later updates name. */
  taskId: z.string().nullable(),
  /** The session's objectives after this event. */
  progress: progressSchema,
});

const agent = z.object({
  ...base,
  type: z.literal('session:agent'),
  /** The subagent's id, or `use:<toolUseId>` until the client has named it. */
  agentId: z.string(),
  toolUseId: z.string().nullable(),
  parentAgentId: z.string().nullable(),
  agentType: z.string().nullable(),
  description: z.string().nullable(),
  /** First words of its prompt. */
  prompt: z.string().nullable(),
  status: z.enum(agentStatuses),
  /** How many subagents the session has after this event. */
  agents: z.int(),
});

const compact = z.object({
  ...base,
  type: z.literal('session:compact'),
  recordId: z.string(),
  trigger: z.string(),
  preTokens: z.int().nullable(),
  postTokens: z.int().nullable(),
});

const error = z.object({
  ...base,
  type: z.literal('session:error'),
  recordId: z.string(),
  agentId,
  message: z.string(),
  status: z.int().nullable(),
  /** False for a retry that the client makes by itself, true when the turn ended by it. */
  fatal: z.boolean(),
});

const budget = z.object({
  ...base,
  type: z.literal('session:budget'),
  /** The most that the session may cost; null takes the budget away. */
  budgetMicrodollars: z.int().nullable(),
});

const complete = z.object({
  ...base,
  type: z.literal('session:complete'),
  recordId: z.string(),
  /** `exited`: the client closed it; `ended`: the person said so here. */
  reason: z.enum(['exited', 'ended']),
  /** The client's own sum (`cost-state`), where it wrote one. */
  clientCostMicrodollars: z.int().nullable(),
});

/** A normalised, stored, numbered fact about a session. */
export const sessionEventSchema = z.discriminatedUnion('type', [
  start,
  info,
  turn,
  message,
  tokens,
  tool,
  objective,
  agent,
  compact,
  error,
  budget,
  complete,
]);
export type SessionEvent = z.infer<typeof sessionEventSchema>;
export type SessionEventType = SessionEvent['type'];
export type EventOf<T extends SessionEventType> = Extract<SessionEvent, { type: T }>;

/** An event before it has its number. */
export type Unnumbered<E extends SessionEvent = SessionEvent> = E extends SessionEvent
  ? Omit<E, 'seq'>
  : never;

export const sessionEventTypes = sessionEventSchema.options.map(
  (option) => option.shape.type.value,
) as readonly SessionEventType[];
