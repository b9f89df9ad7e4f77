import * as z from 'zod';
import { priceBases, toolOutcomes } from './event.js';
import { usageSchema } from './usage.js';

const time = z.int().nullable();

/** A text, or its beginning; `length` is that of the whole, in characters. */
export const shownTextSchema = z.object({ text: z.string(), length: z.int() });
export type ShownText = z.infer<typeof shownTextSchema>;

/** Pictures that are passed on; whatever claims to be another is named, never shown. */
export const pictureTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

/** Something that came with a text: a picture or a document, by its number in the passage. */
export const enclosureSchema = z.object({
  n: z.int(),
  mediaType: z.string(),
  bytes: z.int(),
  name: z.string().nullable(),
});
export type Enclosure = z.infer<typeof enclosureSchema>;

/** A stretch of changed lines as the client wrote it; each line begins with ' ', '+' or '-'. */
export const hunkSchema = z.object({
  oldStart: z.int(),
  newStart: z.int(),
  lines: z.array(z.string()),
});
export type Hunk = z.infer<typeof hunkSchema>;

export const toolResultSchema = z.object({
  at: time,
  outcome: z.enum(toolOutcomes),
  text: shownTextSchema,
  enclosures: z.array(enclosureSchema),
  /** Changed lines with their numbers, where the client wrote them; cut ones say so. */
  hunks: z.array(hunkSchema).nullable(),
  hunksCut: z.boolean(),
  /** What the client keeps beside the text: answers to questions, ids, counts; bounded. */
  twin: z.unknown(),
});
export type PassageResult = z.infer<typeof toolResultSchema>;

/** What every passage has: its number in its thread, and where its record stands. */
const base = {
  index: z.int(),
  at: time,
  /** uuid of its record; with several passages in one record the first is meant. */
  recordId: z.string().nullable(),
  /** First byte of its record in the file, and how long the record is. */
  byte: z.int(),
  bytes: z.int(),
};
const ofAnswer = {
  /** The response that it is part of, under which its cost is known. */
  messageId: z.string().nullable(),
  model: z.string().nullable(),
  /** Whether the answer begins here. */
  opens: z.boolean(),
};

export const promptSources = ['typed', 'queued', 'program', 'agent', 'client'] as const;

/** A call of a tool, with its result once it has come. */
export const toolPassageSchema = z.object({
  ...base,
  ...ofAnswer,
  kind: z.literal('tool'),
  toolUseId: z.string(),
  /** Null for a result whose call isn't in the file. */
  name: z.string().nullable(),
  label: z.string(),
  input: z.record(z.string(), z.unknown()),
  /** Whether something of the input was cut. */
  inputCut: z.boolean(),
  /** Null while it runs, or when it got none. */
  result: toolResultSchema.nullable(),
  /** The subagents that it started, as threads of this conversation. */
  threads: z.array(z.string()),
});

/** One piece of a conversation as it is shown. */
export const passageSchema = z.discriminatedUnion('kind', [
  /** `agent`: what a subagent was asked; `client`: put in by Claude Code, typed by nobody. */
  z.object({
    ...base,
    kind: z.literal('prompt'),
    source: z.enum(promptSources),
    text: shownTextSchema,
    enclosures: z.array(enclosureSchema),
  }),
  /** A slash command, or with `shell` what was typed behind `!`. */
  z.object({ ...base, kind: z.literal('command'), shell: z.boolean(), text: shownTextSchema }),
  z.object({ ...base, kind: z.literal('output'), failed: z.boolean(), text: shownTextSchema }),
  z.object({ ...base, ...ofAnswer, kind: z.literal('text'), text: shownTextSchema }),
  z.object({
    ...base,
    ...ofAnswer,
    kind: z.literal('thinking'),
    hidden: z.boolean(),
    text: shownTextSchema,
  }),
  toolPassageSchema,
  z.object({
    ...base,
    kind: z.literal('compaction'),
    trigger: z.string(),
    preTokens: z.int().nullable(),
    postTokens: z.int().nullable(),
  }),
  z.object({ ...base, kind: z.literal('summary'), text: shownTextSchema }),
  z.object({ ...base, kind: z.literal('interruption'), ofTool: z.boolean() }),
  z.object({
    ...base,
    kind: z.literal('failure'),
    text: shownTextSchema,
    status: z.int().nullable(),
    /** False for a retry that the client makes by itself. */
    fatal: z.boolean(),
  }),
  /** Something in the background has ended. */
  z.object({
    ...base,
    kind: z.literal('notification'),
    status: z.string().nullable(),
    toolUseId: z.string().nullable(),
    text: shownTextSchema,
  }),
  /** What another agent of a team wrote. */
  z.object({ ...base, kind: z.literal('teammate'), from: z.string(), text: shownTextSchema }),
  z.object({
    ...base,
    kind: z.literal('notice'),
    label: z.string(),
    level: z.enum(['plain', 'warning']),
    text: shownTextSchema,
  }),
  z.object({ ...base, kind: z.literal('title'), text: shownTextSchema }),
  /** A record of a type that we don't know. */
  z.object({ ...base, kind: z.literal('other'), type: z.string() }),
  z.object({ ...base, kind: z.literal('unreadable'), reason: z.string() }),
]);
export type Passage = z.infer<typeof passageSchema>;
export type PassageKind = Passage['kind'];
export type PassageOf<K extends PassageKind> = Extract<Passage, { kind: K }>;

/** What one answer of the model took, as the session's own sums have it. */
export const answerFigureSchema = z.object({
  model: z.string(),
  basis: z.enum(priceBases),
  usage: usageSchema,
});
export type AnswerFigure = z.infer<typeof answerFigureSchema>;

/** What the client asks the model for itself, by what for; `question` is the person's own (/btw). */
export const asideKinds = ['compaction', 'suggestion', 'question', 'warm-up'] as const;
export type AsideKind = (typeof asideKinds)[number];

/** A thread of a conversation: `main`, a subagent's, or an aside. */
export const threadSchema = z.object({
  id: z.string(),
  /** Bytes of the file that it stands in. */
  bytes: z.int(),
  kept: z.enum(['transcript', 'archive']),
  agentType: z.string().nullable(),
  description: z.string().nullable(),
  toolUseId: z.string().nullable(),
  aside: z.enum(asideKinds).nullable(),
  /** When it began, for one that no call started. */
  startedAt: time,
});
export type Thread = z.infer<typeof threadSchema>;

export const landmarkKinds = [
  'prompt',
  'error',
  'compaction',
  'interruption',
  'unreadable',
] as const;
/** A place worth going to; for a prompt what its turn cost, for an error the tool or its words. */
export const landmarkSchema = z.object({
  index: z.int(),
  kind: z.enum(landmarkKinds),
  at: time,
  label: z.string(),
  costMicrodollars: z.int().nullable(),
});
export type Landmark = z.infer<typeof landmarkSchema>;

/** Passages of a branch that the person went back behind, to say something else. */
export const abandonedBranchSchema = z.object({ from: z.int(), count: z.int() });
export type AbandonedBranch = z.infer<typeof abandonedBranchSchema>;

/**
 * `GET /api/sessions/:id/conversation?thread=&since=&enough=`: what there is of a thread, without its
 * texts. `since`: a `revision` that one has; then `from` says what has changed after it. `enough`: so
 * many passages of the main thread will do for now, where it hasn't been read yet.
 */
export const conversationQuerySchema = z.object({
  thread: z.string().max(200).default('main'),
  since: z.string().max(80).optional(),
  enough: z.coerce.number().int().min(1).max(100_000).optional(),
});
/** So many passages are asked for first: more than a screen, read in a moment however long the file. */
export const BEGINNING = 200;
/** So many passages' texts are asked for together: a screen or two. */
export const PASSAGES_PER_PAGE = 40;
export const conversationSchema = z.object({
  thread: z.string(),
  /** Names what was read; another one where a line has come. */
  revision: z.string(),
  /** False where only its beginning has been read: whoever asks with `since` gets the rest. */
  whole: z.boolean(),
  total: z.int(),
  /** `times` and `weights` are those of the passages from here on; 0 unless `since` was known. */
  from: z.int(),
  /** Earlier passages that have changed since (results that came). */
  changed: z.array(z.int()),
  startsAt: z.int(),
  /** When each came, in ms after `startsAt`; never less than the one before. */
  times: z.array(z.int()),
  /** About how many lines each takes. */
  weights: z.array(z.int()),
  landmarks: z.array(landmarkSchema),
  /** In order, none within another. */
  abandoned: z.array(abandonedBranchSchema),
  threads: z.array(threadSchema),
});
export type Conversation = z.infer<typeof conversationSchema>;
