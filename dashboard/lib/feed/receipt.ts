import {
  demoStateSchema,
  indexingSchema,
  sessionEventSchema,
  snapshotSchema,
} from '@claude-optimizer/protocol';
import * as z from 'zod';

const status = z.object({
  indexing: indexingSchema,
  ready: z.boolean(),
  malformedLines: z.int(),
  demo: demoStateSchema,
});

const messageSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('events'), content: z.array(sessionEventSchema) }),
  z.object({ name: z.literal('snapshot'), content: snapshotSchema }),
  z.object({ name: z.literal('status'), content: status }),
]);

/** What comes over the socket. */
export type Message = z.output<typeof messageSchema>;

/** A message, checked at the gate; null when it isn't what it should be. */
export function readMessage(name: Message['name'], content: unknown): Message | null {
  return messageSchema.safeParse({ name, content }).data ?? null;
}
