import {
  extendBodySchema,
  messageBodySchema,
  OptimizerError,
  runBodySchema,
  runQuerySchema,
  type Run,
} from '@claude-optimizer/protocol';
import { json, Router } from 'express';
import { allowOnly } from '../errors.js';
import type { LoopServices, Services } from '../services.js';

/** Runs: those that there are, starting one now, and what can be said to one under way. */
export function runRoutes(
  { onlyWithToken }: Pick<Services, 'onlyWithToken'>,
  { runs }: Pick<LoopServices, 'runs'>,
): Router {
  const router = Router();
  const change = [onlyWithToken, json()];
  router
    .route('/runs')
    .get(async (request, response) => {
      response.json(await runs.list(runQuerySchema.parse(request.query)));
    })
    .post(...change, async (request, response) => {
      const { dryRun, ...body } = runBodySchema.parse(request.body);
      if (dryRun) response.json(await runs.preview(body));
      else response.status(201).json(answer(await runs.start(body)));
    })
    .all(allowOnly('GET', 'POST'));
  router
    .route('/runs/:id')
    .get(async ({ params: { id } }, response) => {
      response.json(answer(found(id, await runs.one(id))));
    })
    .all(allowOnly('GET'));
  router
    .route('/runs/:id/stop')
    .post(onlyWithToken, async ({ params: { id } }, response) => {
      response.json(answer(await runs.stop(id)));
    })
    .all(allowOnly('POST'));
  router
    .route('/runs/:id/extend')
    .post(...change, async (request, response) => {
      const limits = extendBodySchema.parse(request.body);
      response.json(answer(await runs.extend(request.params.id, limits)));
    })
    .all(allowOnly('POST'));
  router
    .route('/runs/:id/message')
    .post(...change, async (request, response) => {
      const { text } = messageBodySchema.parse(request.body);
      response.json(answer(await runs.message(request.params.id, text)));
    })
    .all(allowOnly('POST'));
  return router;
}

function answer(run: Run): { run: Run } {
  return { run };
}

function found(id: string, run: Run | null): Run {
  if (run !== null) return run;
  throw new OptimizerError('not_found', `There is no run ${JSON.stringify(id)}.`, {
    fix: 'GET /api/runs lists those that there are.',
  });
}
