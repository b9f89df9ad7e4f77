import { Router } from 'express';
import { allowOnly } from '../errors.js';
import { firstSnapshot } from '../first-snapshot.js';
import type { Services } from '../services.js';

/** What the first page needs in one answer, and the token for what it may change. */
export function liveRoutes({ stage, token }: Services): Router {
  const router = Router();
  router
    .route('/live')
    .get(async (_request, response) => {
      response.json(await firstSnapshot(stage));
    })
    .all(allowOnly('GET'));
  router
    .route('/token')
    .get((_request, response) => response.json({ token }))
    .all(allowOnly('GET'));
  return router;
}
