import * as z from 'zod';
import { usageSchema } from './usage.js';

/** The provider's limit windows: 5 hours, and a week. */
export const limitKinds = ['five_hour', 'seven_day'] as const;
export const limitKindSchema = z.enum(limitKinds);
export type LimitKind = z.infer<typeof limitKindSchema>;

/** Whether the client has told of the window, or it is only inferred from the transcripts. */
export const limitSources = ['reported', 'estimated'] as const;

/**
 * A window that is open now. Times in epoch ms; tokens of all kinds. `usedPercentage` (0–100) is
 * the provider's own, null where the client has not told it at `reportedAt`.
 */
export const limitWindowSchema = z.object({
  kind: limitKindSchema,
  startsAt: z.int(),
  endsAt: z.int(),
  usage: usageSchema,
  unpricedTokens: z.int(),
  tokensPerMinute: z.number(),
  costPerHourMicrodollars: z.int().nullable(),
  /** What it will hold at its end if it goes on like this. */
  projected: z.object({ tokens: z.int(), costMicrodollars: z.int().nullable() }),
  usedPercentage: z.number().nullable(),
  /** When that is 100 if it goes on like this; null where it is not known, or not before the end. */
  fullAt: z.int().nullable(),
  source: z.enum(limitSources),
  reportedAt: z.int().nullable(),
});
export type LimitWindow = z.infer<typeof limitWindowSchema>;

/** `GET /api/limits`; `rule` says in words how estimated windows are found. */
export const limitsSchema = z.object({ windows: z.array(limitWindowSchema), rule: z.string() });
export type Limits = z.infer<typeof limitsSchema>;
