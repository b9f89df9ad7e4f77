import * as z from 'zod';

/**
 * waiting: for the index. working: transcripts wait to be kept. idle: all of them are.
 * full: nothing old enough to be given up for the limit. off: the person keeps none.
 */
export const archiveStates = ['waiting', 'working', 'idle', 'full', 'off', 'failed'] as const;

/** `GET /api/archive`: the transcripts that are kept, in bytes; times in epoch ms. */
export const archiveStatusSchema = z.object({
  state: z.enum(archiveStates),
  folder: z.string(),
  files: z.int(),
  sessions: z.int(),
  /** Sessions whose transcripts Claude Code has deleted: they are only here. */
  onlyHere: z.int(),
  /** What the transcripts take, and what they take here. */
  rawBytes: z.int(),
  bytes: z.int(),
  limitBytes: z.int().nullable(),
  retentionDays: z.int().nullable(),
  /** Last change of the oldest. */
  oldestAt: z.int().nullable(),
  /** Files that wait to be kept. */
  pending: z.int(),
  prunedSessions: z.int(),
  prunedAt: z.int().nullable(),
  /** What is in the way, in a sentence. */
  problem: z.string().nullable(),
});
export type ArchiveStatus = z.infer<typeof archiveStatusSchema>;

/** `POST /api/archive/prune`: what is to be given up, oldest first. */
export const pruneBodySchema = z.object({
  /** Sessions that haven't changed for so many days. */
  olderThanDays: z.int().min(0).max(36_500).optional(),
  /** Until all of it takes no more than this. */
  maxBytes: z.int().min(0).optional(),
  /** Also sessions that are only here: they can't be had again. */
  gone: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});
export type PruneRequest = z.infer<typeof pruneBodySchema>;

export const pruneAnswerSchema = z.object({
  dryRun: z.boolean(),
  files: z.int(),
  bytes: z.int(),
  sessions: z.array(
    z.object({
      sessionId: z.string(),
      changedAt: z.int(),
      bytes: z.int(),
      onlyHere: z.boolean(),
    }),
  ),
  /** Sessions that were spared because they are only here. */
  spared: z.int(),
});
export type PruneAnswer = z.infer<typeof pruneAnswerSchema>;

/** `POST /api/sessions/:id/delete`: until when (epoch ms) `…/undelete` takes it back. */
export const deletionSchema = z.object({ sessionId: z.string(), undoUntil: z.int() });
export type Deletion = z.infer<typeof deletionSchema>;
