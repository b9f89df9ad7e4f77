import { repricingSchema } from '@claude-optimizer/protocol';
import { json, Router } from 'express';
import * as z from 'zod';
import { allowOnly } from '../errors.js';
import type { Services } from '../services.js';

/** `POST /api/prices/reprice`. */
export const repriceBodySchema = z.strictObject({ reason: z.string().min(1).max(200) });

/** Re-pricing of the person's own history by the prices that stand in the data folder now. */
export function priceRoutes({
  prices,
  onlyWithToken,
}: {
  prices: NonNullable<Services['prices']>;
  onlyWithToken: Services['onlyWithToken'];
}): Router {
  const router = Router();
  router
    .route('/prices/reprice')
    .post(onlyWithToken, json(), async (request, response) => {
      const { reason } = repriceBodySchema.parse(request.body);
      response.json(repricingSchema.parse(await prices.reprice(reason)));
    })
    .all(allowOnly('POST'));
  return router;
}
