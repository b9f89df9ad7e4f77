import { askAnswerSchema, type AskList } from '@claude-optimizer/protocol';
import { json, Router } from 'express';
import { allowOnly } from '../errors.js';
import type { LoopServices, Services } from '../services.js';

type Needs = Pick<LoopServices, 'asks'> & Pick<Services, 'onlyWithToken'>;

/** What waits for the person's answer, and the answer. */
export function askRoutes({ asks, onlyWithToken }: Needs): Router {
  const router = Router();
  router
    .route('/asks')
    .get((_request, response) => {
      response.json({ asks: asks.list() } satisfies AskList);
    })
    .all(allowOnly('GET'));
  router
    .route('/asks/:id/answer')
    .post(onlyWithToken, json(), (request, response) => {
      asks.answer(request.params.id, askAnswerSchema.parse(request.body));
      response.json({ asks: asks.list() } satisfies AskList);
    })
    .all(allowOnly('POST'));
  return router;
}
