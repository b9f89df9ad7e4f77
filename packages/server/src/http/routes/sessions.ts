import {
  budgetBodySchema,
  eventQuerySchema,
  OptimizerError,
  sessionQuerySchema,
  type EventAnswer,
  type SessionEvent,
} from '@claude-optimizer/protocol';
import { json, Router } from 'express';
import { sendPage } from '../answer-size.js';
import { allowOnly } from '../errors.js';
import type { Services } from '../services.js';

/** Whoever reads a whole session forwards shall not have to ask a hundred times. */
const MOST_EVENT_BYTES = 1_000_000;

/** The sessions of the history on stage: list, one, its events, its end and its budget. */
export function sessionRoutes({ stage, onlyWithToken }: Services): Router {
  const router = Router();
  router
    .route('/sessions')
    .get((request, response) => {
      const query = sessionQuerySchema.parse(request.query);
      const history = stage.current();
      return sendPage(response, query.limit, (limit) => history.list({ ...query, limit }));
    })
    .all(allowOnly('GET'));
  router
    .route('/sessions/:id')
    .get(async ({ params: { id } }, response) => {
      const detail = found(id, await stage.current().detail(id));
      // The older part of the activity can be had page by page; the rest can't.
      return sendPage(response, detail.activity.length, (limit) =>
        Promise.resolve({ ...detail, activity: detail.activity.slice(-limit) }),
      );
    })
    .all(allowOnly('GET'));
  router
    .route('/sessions/:id/events')
    .get((request, response) => {
      const { id } = request.params;
      const { before, after, limit } = eventQuerySchema.parse(request.query);
      const history = stage.current();
      if (after !== undefined) {
        const load = async (fitting: number) =>
          found(id, await history.eventsOfAfter(id, after, fitting));
        return sendPage(response, limit, load, MOST_EVENT_BYTES);
      }
      return sendPage(response, limit, async (fitting) =>
        found(id, await history.events(id, before ?? null, fitting)),
      );
    })
    .all(allowOnly('GET'));
  router
    .route('/sessions/:id/end')
    .post(onlyWithToken, async ({ params: { id } }, response) => {
      response.json(answer(found(id, await stage.current().end(id))));
    })
    .all(allowOnly('POST'));
  router
    .route('/sessions/:id/budget')
    .post(onlyWithToken, json(), async (request, response) => {
      const { id } = request.params;
      const { budgetMicrodollars } = budgetBodySchema.parse(request.body);
      const event = await stage.current().setBudget(id, budgetMicrodollars);
      response.json(answer(found(id, event)));
    })
    .all(allowOnly('POST'));
  return router;
}

function answer(event: SessionEvent): EventAnswer {
  return { event };
}

function found<T>(id: string, result: T | null): T {
  if (result !== null) return result;
  throw new OptimizerError('not_found', `There is no session ${JSON.stringify(id)}.`, {
    fix: 'GET /api/sessions lists those that there are.',
  });
}
