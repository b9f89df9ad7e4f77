import type { Limits } from '@claude-optimizer/protocol';
import { Router } from 'express';
import { allowOnly } from '../errors.js';
import type { Services } from '../services.js';

/** The provider's limit windows that are open now. */
export function limitRoutes({ stage }: Services): Router {
  const router = Router();
  router
    .route('/limits')
    .get(async (_request, response) => {
      const limits: Limits = await stage.current().limits();
      response.json(limits);
    })
    .all(allowOnly('GET'));
  return router;
}
