import {
  demoStateSchema,
  indexingSchema,
  sessionEventSchema,
  snapshotSchema,
} from '@claude-optimizer/protocol';
import * as z from 'zod';

const eventsSchema = z.array(sessionEventSchema);
const statusSchema = z.object({
  indexing: indexingSchema,
  ready: z.boolean(),
  malformedLines: z.int(),
  demo: demoStateSchema,
});

/** What comes over the socket, checked at the gate; null when it isn't what it should be. */
function checked<S extends z.ZodType>(schema: S): (message: unknown) => z.output<S> | null {
  return (message) => {
    const parsed = schema.safeParse(message);
    return parsed.success ? parsed.data : null;
  };
}

export const readEvents = checked(eventsSchema);
export const readSnapshot = checked(snapshotSchema);
export const readStatus = checked(statusSchema);
