import * as z from 'zod';
import { errorCodes } from './optimizer-error.js';

export * from './optimizer-error.js';

export const errorCodeSchema = z.enum(errorCodes);

/** What REST answers instead of a result: what went wrong and what to do about it. */
export const errorBodySchema = z.object({
  error: z.object({ code: errorCodeSchema, message: z.string(), fix: z.string() }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
