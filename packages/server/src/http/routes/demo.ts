import { demoBodySchema } from '@claude-optimizer/protocol';
import { json, Router } from 'express';
import { allowOnly } from '../errors.js';
import type { Services } from '../services.js';

/** Puts the demo on stage and takes it off; answers with its state. */
export function demoRoutes({ stage, onlyWithToken }: Services): Router {
  const router = Router();
  router
    .route('/demo/start')
    .post(onlyWithToken, json(), async (request, response) => {
      const { speed } = demoBodySchema.parse(request.body ?? {});
      await stage.startDemo(speed);
      response.json(stage.demo());
    })
    .all(allowOnly('POST'));
  router
    .route('/demo/stop')
    .post(onlyWithToken, async (_request, response) => {
      await stage.stopDemo();
      response.json(stage.demo());
    })
    .all(allowOnly('POST'));
  return router;
}
