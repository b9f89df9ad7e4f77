import * as z from 'zod';
import type { SessionStatus } from './session.js';

/** What a searched text is: a column of the full-text index each. */
export const searchKinds = ['title', 'prompt', 'answer', 'input'] as const;
export type SearchKind = (typeof searchKinds)[number];

/** A stretch of text around what was found; `marks` are [from, to) in UTF-16 units. */
export const snippetSchema = z.object({
  text: z.string(),
  marks: z.array(z.tuple([z.int(), z.int()])),
});
export type Snippet = z.infer<typeof snippetSchema>;

/** A record in which the searched words stand, and the way to it in the conversation. */
export const searchHitSchema = z.object({
  kind: z.enum(searchKinds),
  /** Names the transcript file, as `files` of the session's transcripts do. */
  ref: z.string(),
  byteOffset: z.int(),
  /** Null for a record without one, such as a title. */
  recordId: z.string().nullable(),
  agentId: z.string().nullable(),
  /** Of the tool whose input it is. */
  tool: z.string().nullable(),
  at: z.int().nullable(),
  /** Null where the transcript can no longer be read. */
  snippet: snippetSchema.nullable(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/**
 * How far the full text is indexed, in sessions and bytes on disk. waiting: for the index of
 * sessions. off: of a demo, which has none.
 */
export const searchStateSchema = z.object({
  state: z.enum(['waiting', 'working', 'idle', 'failed', 'off']),
  sessionsDone: z.int(),
  sessionsTotal: z.int(),
  bytes: z.int(),
  /** What is in the way, in a sentence. */
  problem: z.string().nullable(),
});
export type SearchState = z.infer<typeof searchStateSchema>;

type Compared = { is: '<' | '<=' | '>' | '>=' | '='; value: number };

/** What a query asks of a session itself; `cost` in micro-dollars, times in epoch ms. */
export type SessionTest = { negated: boolean } &
  /** `name`: of whatever of these there is, several must all hold; of the others one is enough. */
  (
    | { field: 'project' | 'model' | 'branch' | 'title' | 'name'; contains: string }
    | { field: 'status'; status: SessionStatus }
    | ({ field: 'cost' | 'tokens' } & Compared)
    | { field: 'after' | 'before'; at: number }
    | { field: 'launched' }
  );
