import * as z from 'zod';
import {
  agentStatuses,
  contextSchema,
  objectiveSources,
  objectiveStatuses,
  priceBases,
  progressSchema,
} from './event.js';
import { unpricedSchema, usageSchema } from './usage.js';

const time = z.int();

/**
 * running: a turn or tool is open. waiting: it is the person's move. idle: their move for a while.
 * completed: ended well. failed: ended by an error. interrupted: stopped in the middle.
 */
export const sessionStatuses = [
  'running',
  'waiting',
  'idle',
  'completed',
  'failed',
  'interrupted',
] as const;
export const sessionStatusSchema = z.enum(sessionStatuses);
export type SessionStatus = z.infer<typeof sessionStatusSchema>;

/** What the last record of the main thread says; the status is this and the clock. */
export const sessionPhases = [
  'working',
  'turn-ended',
  'exited',
  'ended',
  'failed',
  'interrupted',
] as const;
export const sessionPhaseSchema = z.enum(sessionPhases);
export type SessionPhase = z.infer<typeof sessionPhaseSchema>;

export const openToolSchema = z.object({
  toolUseId: z.string(),
  name: z.string(),
  label: z.string(),
  agentId: z.string().nullable(),
  startedAt: time,
});
export type OpenTool = z.infer<typeof openToolSchema>;

/** A session as a list or a card shows it: small and of bounded size. */
export const sessionSummarySchema = z.object({
  id: z.string(),
  /** `seq` of the last event folded in. */
  seq: z.int(),
  visible: z.boolean(),
  status: sessionStatusSchema,
  phase: sessionPhaseSchema,
  /** When the phase began. */
  phaseAt: time,
  project: z.string().nullable(),
  title: z.string().nullable(),
  firstPrompt: z.string().nullable(),
  branch: z.string().nullable(),
  version: z.string().nullable(),
  entrypoint: z.string().nullable(),
  permissionMode: z.string().nullable(),
  pullRequest: z.string().nullable(),
  /** Of the main thread's last response. */
  model: z.string().nullable(),
  /** All of them, subagents' included, in order of first use. */
  models: z.array(z.string()),
  startedAt: time,
  lastAt: time,
  /** Last sign of the main thread; `lastAt` counts subagents too. */
  mainAt: time,
  /** Time in which a turn was open. */
  activeMs: z.int(),
  usage: usageSchema,
  unpriced: unpricedSchema,
  /** How many of its responses never got their final output count: more was used than is known. */
  incomplete: z.int().default(0),
  /** The exact cost less the rounded one of `usage`, in pico-dollars. */
  costFraction: z.int(),
  /** The weakest price basis among its responses. */
  basis: z.enum(priceBases),
  context: contextSchema.nullable(),
  /** Fresh tokens by minute (epoch minutes), the last 30 minutes up to the newest. */
  rate: z.array(z.object({ minute: z.int(), tokens: z.int() })),
  objectives: progressSchema,
  /** Text of the objective in progress. */
  currentObjective: z.string().nullable(),
  openTools: z.array(openToolSchema),
  /** Whether hooks or telemetry tell of it besides its transcript. */
  live: z.boolean().exactOptional(),
  /** `toolUseId` of the tool for which the client has asked the person; counts while it is open. */
  askedFor: z.string().nullable().exactOptional(),
  counts: z.object({
    prompts: z.int(),
    tools: z.int(),
    toolErrors: z.int(),
    denials: z.int(),
    errors: z.int(),
    agents: z.int(),
    compactions: z.int(),
    linesAdded: z.int(),
    linesRemoved: z.int(),
  }),
  budgetMicrodollars: z.int().nullable(),
  /** The client's own sum and when it wrote it; null where it wrote none. */
  clientCost: z.object({ microdollars: z.int(), at: time }).nullable(),
  lastUsageAt: time.nullable(),
  lastError: z.string().nullable(),
});
export type SessionSummary = z.infer<typeof sessionSummarySchema>;

export const objectiveSchema = z.object({
  id: z.string(),
  text: z.string(),
  status: z.enum(objectiveStatuses),
  source: z.enum(objectiveSources),
  taskId: z.string().nullable(),
  createdAt: time,
  startedAt: time.nullable(),
  completedAt: time.nullable(),
});
export type Objective = z.infer<typeof objectiveSchema>;

/** All calls of one tool in a session, its subagents' included. */
export const toolStatsSchema = z.object({
  name: z.string(),
  count: z.int(),
  errors: z.int(),
  denials: z.int(),
  /** Sum over calls whose use and result were both seen. */
  durationMs: z.int(),
  timed: z.int(),
  linesAdded: z.int(),
  linesRemoved: z.int(),
});
export type ToolStats = z.infer<typeof toolStatsSchema>;

export const subagentSchema = z.object({
  id: z.string(),
  toolUseId: z.string().nullable(),
  parentId: z.string().nullable(),
  agentType: z.string().nullable(),
  description: z.string().nullable(),
  prompt: z.string().nullable(),
  status: z.enum(agentStatuses),
  model: z.string().nullable(),
  usage: usageSchema,
  tools: z.int(),
  startedAt: time,
  lastAt: time,
});
export type Subagent = z.infer<typeof subagentSchema>;

export const touchedFileSchema = z.object({
  path: z.string(),
  edits: z.int(),
  linesAdded: z.int(),
  linesRemoved: z.int(),
});
export type TouchedFile = z.infer<typeof touchedFileSchema>;

/** Everything that folding a session's events gives. */
export const sessionStateSchema = z.object({
  summary: sessionSummarySchema,
  objectives: z.array(objectiveSchema),
  tools: z.array(toolStatsSchema),
  agents: z.array(subagentSchema),
  files: z.array(touchedFileSchema),
});
export type SessionState = z.infer<typeof sessionStateSchema>;
