import * as z from 'zod';
import { answerFigureSchema, passageSchema, toolPassageSchema } from './conversation.js';

/** `GET …/conversation/passages?thread=&from=&limit=`; fewer than asked where they're big. */
export const passagesQuerySchema = z.object({
  thread: z.string().max(200).default('main'),
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(40),
});
export const passagePageSchema = z.object({
  thread: z.string(),
  total: z.int(),
  passages: z.array(passageSchema),
  /** By `messageId`. */
  answers: z.record(z.string(), answerFigureSchema),
});
export type PassagePage = z.infer<typeof passagePageSchema>;

const placeQuery = {
  thread: z.string().max(200).default('main'),
  index: z.coerce.number().int().min(0),
};

/** What is given of a long text at a time, in characters. */
export const TEXT_PIECE = 400_000;

/** `GET …/conversation/passage?thread=&index=&upTo=`: one in full, up to so many characters a text. */
export const passageQuerySchema = z.object({
  ...placeQuery,
  upTo: z.coerce.number().int().min(TEXT_PIECE).max(20_000_000).default(TEXT_PIECE),
});
export const wholePassageSchema = z.object({ passage: passageSchema });

/** `GET …/conversation/raw?thread=&index=&from=`: its records as they stand, from a byte of them on. */
export const rawQuerySchema = z.object({
  ...placeQuery,
  from: z.coerce.number().int().min(0).default(0),
});
export const rawPassageSchema = z.object({
  /** `from` and `end`: which of its bytes are here. */
  lines: z.array(
    z.object({
      byte: z.int(),
      bytes: z.int(),
      text: z.string(),
      from: z.int(),
      end: z.int(),
      cut: z.boolean(),
    }),
  ),
});
export type RawPassage = z.infer<typeof rawPassageSchema>;

/** `GET …/conversation/picture?thread=&index=&n=`: the picture itself. */
export const pictureQuerySchema = z.object({
  ...placeQuery,
  n: z.coerce.number().int().min(0).max(1_000),
});

/** `GET …/conversation/find?q=`: passages that hold a text, in order, in all threads. */
export const findQuerySchema = z.object({ q: z.string().min(1).max(200) });
export const foundSchema = z.object({
  hits: z.array(z.object({ thread: z.string(), index: z.int() })),
  /** Whether there are more than are listed. */
  more: z.boolean(),
});
export type Found = z.infer<typeof foundSchema>;

/** `GET …/conversation/at?record=` or `?tool=`: where a record or a tool call stands. */
export const locateQuerySchema = z
  .object({ record: z.string().max(200).optional(), tool: z.string().max(200).optional() })
  .refine(({ record, tool }) => (record === undefined) !== (tool === undefined), {
    message: 'name either a record or a tool',
  });
export const locatedSchema = z.object({ thread: z.string(), index: z.int() });
export type Located = z.infer<typeof locatedSchema>;

/** `GET /api/sessions/:id/tools/:toolUseId`: a call with its input and result. */
export const toolUseSchema = z.object({
  thread: z.string(),
  passage: toolPassageSchema,
});
export type ToolUse = z.infer<typeof toolUseSchema>;
