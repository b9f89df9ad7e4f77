import * as z from 'zod';

/** Epoch milliseconds. */
const time = z.int();

/**
 * Something for which a session waits for the person's answer here: a permission, the client's own
 * question, or a run that has reached its limit.
 */
export const askSchema = z.object({
  id: z.string(),
  kind: z.enum(['permission', 'question', 'limit']),
  sessionId: z.string(),
  /** Null for a session that the person started by hand. */
  runId: z.string().nullable(),
  project: z.string().nullable(),
  toolName: z.string().nullable(),
  toolUseId: z.string().nullable(),
  agentId: z.string().nullable(),
  /** What the tool would do, in a line. */
  label: z.string(),
  /** The tool's input as far as it is short enough to be shown; cut texts end with an ellipsis. */
  input: z.record(z.string(), z.unknown()),
  questions: z.array(
    z.object({
      question: z.string(),
      header: z.string(),
      multiSelect: z.boolean(),
      options: z.array(z.object({ label: z.string(), description: z.string() })),
    }),
  ),
  askedAt: time,
  /** What 'allow-for-run' covers besides this call, in words; without it, it covers no more. */
  covers: z.string().exactOptional(),
  /** When it is answered by default or the client's own prompt goes on. */
  expiresAt: time.nullable(),
});
export type Ask = z.infer<typeof askSchema>;

/** `POST /api/asks/:id/answer`. `answers`: by question text, labels or free text. */
export const askAnswerSchema = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('allow') }),
  z.object({ decision: z.literal('allow-for-run') }),
  z.object({ decision: z.literal('deny'), reason: z.string().max(2_000).default('') }),
  z.object({
    decision: z.literal('answers'),
    answers: z.record(z.string(), z.string().max(10_000)),
  }),
  z.object({ decision: z.literal('extend'), factor: z.number().min(1.1).max(10).default(1.5) }),
  z.object({ decision: z.literal('finish') }),
  z.object({ decision: z.literal('stop') }),
]);
export type AskAnswer = z.infer<typeof askAnswerSchema>;

/** `GET /api/asks`, and the socket's `asks`: all that are open, oldest first. */
export const askListSchema = z.object({ asks: z.array(askSchema) });
export type AskList = z.infer<typeof askListSchema>;

/** Something worth telling at once, on the page and as a desktop notification. */
export const noticeSchema = z.object({
  id: z.string(),
  at: time,
  level: z.enum(['info', 'warning', 'error']),
  kind: z.enum(['plan', 'approval', 'budget', 'ask', 'run', 'calendar']),
  title: z.string(),
  text: z.string(),
  planId: z.string().nullable(),
  runId: z.string().nullable(),
  sessionId: z.string().nullable(),
});
export type Notice = z.infer<typeof noticeSchema>;
/** `GET /api/notices`: the newest 50, newest first. */
export const noticeListSchema = z.object({ notices: z.array(noticeSchema) });
