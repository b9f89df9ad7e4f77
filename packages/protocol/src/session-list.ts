import * as z from 'zod';
import { searchHitSchema, searchStateSchema } from './search.js';
import { sessionStatusSchema, sessionSummarySchema } from './session.js';

/** `duration`: from first to last sign; `activeTime`: in which a turn was open. */
export const sessionSorts = [
  'lastAt',
  'startedAt',
  'title',
  'project',
  'branch',
  'phase',
  'model',
  'duration',
  'activeTime',
  'status',
  'tokens',
  'cost',
  'cacheHits',
  'objectives',
  'tools',
  'errors',
  'relevance',
] as const;
export type SessionSort = (typeof sessionSorts)[number];

/** A moment in a query: epoch ms or ISO. */
export const momentSchema = z
  .string()
  .transform((text) => new Date(/^-?\d{5,}$/u.test(text) ? Number(text) : text))
  .pipe(z.date('a time is written as 2026-03-29, 2026-03-29T09:00Z or in epoch milliseconds'));

/** A parameter that may come several times. */
const repeatable = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const micro = z.coerce.number().int().min(0).optional();

/** Query of `GET /api/sessions`; several statuses separated by commas. Times in epoch ms or ISO. */
export const sessionQuerySchema = z.object({
  status: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(sessionStatusSchema))
    .optional(),
  /** Part of the project's path, part of a model's name. */
  project: z.string().optional(),
  model: z.string().optional(),
  /** Exactly one of these. */
  projects: repeatable.optional(),
  models: repeatable.optional(),
  /** Part of title, first prompt, project or id. */
  text: z.string().optional(),
  /** Full text with operators; see docs/search.md. */
  search: z.string().max(2_000).optional(),
  after: momentSchema.optional(),
  before: momentSchema.optional(),
  /** Micro-dollars; both included. */
  costFrom: micro,
  costTo: micro,
  /** launched by a plan or command of ours, or by hand. */
  origin: z.enum(['launched', 'hand']).optional(),
  hidden: z.enum(['no', 'only', 'all']).optional(),
  sort: z.enum(sessionSorts).default('lastAt'),
  order: z.enum(['asc', 'desc']).default('desc'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** Where the window begins; or, to go through all of them, `cursor`. */
  offset: z.coerce.number().int().min(0).optional(),
  cursor: z.string().optional(),
  /** Also by which projects, models and statuses the list can be narrowed further. */
  facets: z.stringbool().optional(),
});
export type SessionQuery = z.infer<typeof sessionQuerySchema>;

/** The run that launched a session; `phase` is that of its plan. */
export const launchSchema = z.object({ phase: z.string().nullable() });
export type Launch = z.infer<typeof launchSchema>;

/** A session in the list. */
export const listedSessionSchema = sessionSummarySchema.extend({
  hidden: z.boolean(),
  /** Null for one that was started by hand. */
  launch: launchSchema.nullable(),
  /** Where the searched words stand, the best first, and how many such records there are. */
  hits: z.array(searchHitSchema).exactOptional(),
  hitsTotal: z.int().exactOptional(),
});
export type ListedSession = z.infer<typeof listedSessionSchema>;

const facetSchema = z.array(z.object({ value: z.string(), count: z.int() }));

/** How many sessions there would be with one value, all other filters as they are. */
export const sessionFacetsSchema = z.object({
  projects: facetSchema,
  models: facetSchema,
  statuses: facetSchema,
  /** `launched` and `hand`. */
  origins: facetSchema,
  hidden: z.int(),
});
export type SessionFacets = z.infer<typeof sessionFacetsSchema>;

export const sessionListSchema = z.object({
  sessions: z.array(listedSessionSchema),
  /** All that fit, of which `sessions` is a window. */
  total: z.int(),
  nextCursor: z.string().nullable(),
  facets: sessionFacetsSchema.exactOptional(),
  /** How far the full text is indexed; only with `search`. */
  search: searchStateSchema.exactOptional(),
});
export type SessionList = z.infer<typeof sessionListSchema>;
