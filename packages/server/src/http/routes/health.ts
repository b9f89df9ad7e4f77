import type { Health } from '@claude-optimizer/protocol';
import { Router } from 'express';
import { allowOnly } from '../errors.js';
import type { Services } from '../services.js';

const MALFORMED_SHOWN = 200;

/** How the server is: ready or reading, and what it couldn't read. */
export function healthRoutes({ stage, version, clients, prices }: Services): Router {
  const router = Router();
  router
    .route('/health')
    .get((_request, response) => {
      const { ready, indexing, malformedLines } = stage.current().status();
      const health: Health = {
        ...{ version, ready, indexing, malformedLines, clients: clients() },
        pricing: prices?.standing() ?? null,
      };
      response.json(health);
    })
    .all(allowOnly('GET'));
  router
    .route('/health/malformed')
    .get(async (_request, response) => {
      response.json(await stage.current().malformed(MALFORMED_SHOWN));
    })
    .all(allowOnly('GET'));
  return router;
}
