import * as z from 'zod';

const cost = z.int().nullable();

/** What other prices mean for the history, by model, in pico-dollars. */
export const repricingSchema = z.object({
  models: z.array(
    z.object({
      model: z.string(),
      responses: z.int(),
      tokens: z.int(),
      beforePicodollars: cost,
      afterPicodollars: cost,
    }),
  ),
  beforePicodollars: z.int(),
  afterPicodollars: z.int(),
});
