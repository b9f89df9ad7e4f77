import * as z from 'zod';
import { objectiveSources, objectiveStatuses, priceBases, toolOutcomes } from './event.js';
import { usageFilterSchema } from './report.js';
import { sessionStatusSchema, sessionSummarySchema, toolStatsSchema } from './session.js';
import { unpricedSchema, usageSchema } from './usage.js';

export const exportFormats = ['pdf', 'md', 'html', 'csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What a row or a chapter is: a session, one response of the model, or one call of a tool. */
export const exportParts = ['sessions', 'usage', 'tools'] as const;
export type ExportPart = (typeof exportParts)[number];

/**
 * What sharing leaves out. paths: of files and projects, branches, addresses. code: commands,
 * output, code in texts. prompts: all words of the conversation, with titles and objectives.
 */
export const redactions = ['paths', 'code', 'prompts'] as const;
export type Redaction = (typeof redactions)[number];

/** So many ids fit into an address; more go by POST. */
export const MAX_EXPORTED_IDS = 20_000;

const commaSeparated = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((part) => part.trim()))].filter(Boolean));

const wanted = {
  format: z.enum(exportFormats),
  what: z.enum(exportParts).default('sessions'),
};

/** Query of `GET /api/sessions/:id/export`; several redactions separated by commas. */
export const sessionExportQuerySchema = z.strictObject({
  ...wanted,
  redact: commaSeparated.pipe(z.array(z.enum(redactions))).default([]),
});

/** Query of `GET /api/sessions/export` and of its `/preview`: ids, or a filter by local days. */
export const exportQuerySchema = sessionExportQuerySchema.extend({
  ids: commaSeparated.pipe(z.array(z.string()).max(MAX_EXPORTED_IDS)).optional(),
  ...usageFilterSchema.shape,
  status: commaSeparated.pipe(z.array(sessionStatusSchema)).optional(),
});

/** `POST /api/sessions/export`: the same as JSON, for more ids than an address holds. */
export const exportRequestSchema = z.strictObject({
  ...wanted,
  redact: z.array(z.enum(redactions)).default([]),
  ids: z.array(z.string()).max(MAX_EXPORTED_IDS).optional(),
  ...usageFilterSchema.shape,
  status: z.array(sessionStatusSchema).optional(),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

/** `GET /api/sessions/export/preview`: how many sessions, and how many bytes, exact or about. */
export const exportPreviewSchema = z.object({
  sessions: z.int(),
  bytes: z.int(),
  exact: z.boolean(),
  fileName: z.string(),
});
export type ExportPreview = z.infer<typeof exportPreviewSchema>;

/** ISO 8601 in UTC with milliseconds. */
const time = z.iso.datetime();

export const timelineKinds = [
  'prompt',
  'answer',
  'tool',
  'objective',
  'subagent',
  'compaction',
  'interruption',
  'error',
  'budget',
  'end',
] as const;

/** One line of a session's timeline. */
export const timelineEntrySchema = z.object({
  at: time,
  kind: z.enum(timelineKinds),
  /** In which subagent; null in the main thread. */
  agentId: z.string().nullable(),
  /** The beginning of a prompt or an answer, an objective, what a tool worked on. */
  text: z.string(),
  tool: z.string().nullable(),
  /** How a tool's call or the session ended, or the objective's status. */
  outcome: z.string().nullable(),
  durationMs: z.int().nullable(),
  file: z.string().nullable(),
  linesAdded: z.int().nullable(),
  linesRemoved: z.int().nullable(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

const counts = sessionSummarySchema.shape.counts;

/** A session as it is handed on, but its timeline. Money in micro-dollars; null is not known. */
export const exportedHeadSchema = z.object({
  id: z.string(),
  title: z.string().nullable(),
  firstPrompt: z.string().nullable(),
  project: z.string().nullable(),
  branch: z.string().nullable(),
  pullRequest: z.string().nullable(),
  status: sessionStatusSchema,
  models: z.array(z.string()),
  clientVersion: z.string().nullable(),
  startedAt: time,
  lastAt: time,
  activeMs: z.int(),
  usage: usageSchema,
  unpriced: unpricedSchema,
  incompleteResponses: z.int(),
  priceBasis: z.enum(priceBases),
  clientCostMicrodollars: z.int().nullable(),
  budgetMicrodollars: z.int().nullable(),
  counts,
  lastError: z.string().nullable(),
  objectives: z.array(
    z.object({
      text: z.string(),
      status: z.enum(objectiveStatuses),
      source: z.enum(objectiveSources),
      createdAt: time,
      startedAt: time.nullable(),
      completedAt: time.nullable(),
    }),
  ),
  tools: z.array(toolStatsSchema),
  agents: z.array(
    z.object({
      id: z.string(),
      type: z.string().nullable(),
      description: z.string().nullable(),
      status: z.string(),
      model: z.string().nullable(),
      usage: usageSchema,
      tools: z.int(),
      startedAt: time,
      lastAt: time,
    }),
  ),
  files: z.array(
    z.object({ path: z.string(), edits: z.int(), linesAdded: z.int(), linesRemoved: z.int() }),
  ),
  usageByModel: z.array(z.object({ model: z.string(), usage: usageSchema })),
  /** Usage in slots of equal width; empty ones are left out. */
  usageOverTime: z.object({
    slotMs: z.int(),
    slots: z.array(z.object({ at: time, usage: usageSchema })),
  }),
});
export type ExportedHead = z.infer<typeof exportedHeadSchema>;

export const exportedSessionSchema = exportedHeadSchema.extend({
  timeline: z.array(timelineEntrySchema),
});
export type ExportedSession = z.infer<typeof exportedSessionSchema>;

/**
 * One response of the model. Costs are rounded so that those of a session add up to its sum;
 * null where the price isn't known.
 */
export const exportedResponseSchema = z.object({
  at: time,
  sessionId: z.string(),
  project: z.string().nullable(),
  model: z.string(),
  agentId: z.string().nullable(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  cacheWrite5mTokens: z.int(),
  cacheWrite1hTokens: z.int(),
  cacheReadTokens: z.int(),
  costMicrodollars: z.int().nullable(),
  priceBasis: z.enum(priceBases),
});
export type ExportedResponse = z.infer<typeof exportedResponseSchema>;

/** One finished call of a tool. */
export const exportedToolCallSchema = z.object({
  endedAt: time,
  sessionId: z.string(),
  project: z.string().nullable(),
  tool: z.string(),
  agentId: z.string().nullable(),
  outcome: z.enum(toolOutcomes),
  durationMs: z.int().nullable(),
  file: z.string().nullable(),
  linesAdded: z.int().nullable(),
  linesRemoved: z.int().nullable(),
});
export type ExportedToolCall = z.infer<typeof exportedToolCallSchema>;

const documentHead = {
  /** Names the shape; another number when it changes. */
  format: z.literal('claude-optimizer-export'),
  formatVersion: z.literal(1),
  productVersion: z.string(),
  exportedAt: time,
  redacted: z.array(z.enum(redactions)),
};

/** An export as JSON. Served as JSON Schema at `GET /api/schemas/export.json`. */
export const exportDocumentSchema = z.discriminatedUnion('what', [
  z.object({
    ...documentHead,
    what: z.literal('sessions'),
    sessions: z.array(exportedSessionSchema),
  }),
  z.object({
    ...documentHead,
    what: z.literal('usage'),
    usage: z.array(exportedResponseSchema),
  }),
  z.object({
    ...documentHead,
    what: z.literal('tools'),
    tools: z.array(exportedToolCallSchema),
  }),
]);
export type ExportDocument = z.infer<typeof exportDocumentSchema>;
