import { Router } from 'express';
import { allowOnly } from '../errors.js';
import type { LoopServices } from '../services.js';

/** The newest notices, for a page that wasn't there when they were told. */
export function noticeRoutes({ notices }: Pick<LoopServices, 'notices'>): Router {
  const router = Router();
  router
    .route('/notices')
    .get((_request, response) => {
      response.json({ notices: notices.newest() });
    })
    .all(allowOnly('GET'));
  return router;
}
