import {
  approvalBodySchema,
  entryBodySchema,
  planEditSchema,
  planMoveSchema,
  scheduleQuerySchema,
  type Entry,
} from '@claude-optimizer/protocol';
import { json, Router, type RequestHandler } from 'express';
import * as z from 'zod';
import { allowOnly } from '../errors.js';
import type { LoopServices, Services } from '../services.js';

/** `PUT /api/schedule/entries/:id`. */
export const entryChangeSchema = entryBodySchema.extend({ revision: z.int().min(0) });
/** `POST /api/schedule/preview`. */
export const entryPreviewBodySchema = entryBodySchema.extend({
  entryId: z.string().nullable().default(null),
  planId: z.string().nullable().default(null),
});
/** `GET /api/audit`. */
export const auditQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(100),
  before: z.coerce.number().int().min(1).optional(),
});

/** The schedule, our own entries in it, and what the person says to plans. */
export function scheduleRoutes(
  { onlyWithToken }: Pick<Services, 'onlyWithToken'>,
  { schedule }: Pick<LoopServices, 'schedule'>,
): Router {
  const router = Router();
  const change: [RequestHandler, RequestHandler] = [onlyWithToken, json()];
  router
    .route('/schedule')
    .get(async (request, response) => {
      const { from, to } = scheduleQuerySchema.parse(request.query);
      response.json(await schedule.schedule(from.getTime(), to.getTime()));
    })
    .all(allowOnly('GET'));
  router
    .route('/schedule/entries')
    .get(async (_request, response) => {
      response.json({ entries: await schedule.own.entries() });
    })
    .post(...change, async (request, response) => {
      response
        .status(201)
        .json(answer(await schedule.own.add(entryBodySchema.parse(request.body))));
    })
    .all(allowOnly('GET', 'POST'));
  router
    .route('/schedule/entries/:id')
    .put(...change, async (request, response) => {
      const { revision, ...body } = entryChangeSchema.parse(request.body);
      response.json(answer(await schedule.own.change(request.params.id, body, revision)));
    })
    .delete(onlyWithToken, async (request, response) => {
      await schedule.own.remove(request.params.id);
      response.status(204).end();
    })
    .all(allowOnly('PUT', 'DELETE'));
  router
    .route('/schedule/preview')
    .post(...change, async (request, response) => {
      const { entryId, planId, ...body } = entryPreviewBodySchema.parse(request.body);
      response.json(await schedule.preview(body, { entryId, planId }));
    })
    .all(allowOnly('POST'));
  for (const action of ['pause', 'resume'] as const) {
    router
      .route(`/schedule/${action}`)
      .post(onlyWithToken, async (_request, response) => {
        const { calendar } = await schedule.pause(action === 'pause');
        response.json({ paused: calendar.paused });
      })
      .all(allowOnly('POST'));
  }
  planRoutes(router, change, schedule);
  router
    .route('/audit')
    .get(async (request, response) => {
      const { limit, before } = auditQuerySchema.parse(request.query);
      const lines = await schedule.auditLines(limit, before ?? null);
      const last = lines.at(-1);
      response.json({ lines, nextBefore: lines.length === limit && last ? last.id : null });
    })
    .all(allowOnly('GET'));
  return router;
}

function planRoutes(
  router: Router,
  change: [RequestHandler, RequestHandler],
  schedule: LoopServices['schedule'],
): void {
  router
    .route('/schedule/plans/:id')
    .put(...change, async (request, response) => {
      await schedule.change(request.params.id, planEditSchema.parse(request.body));
      response.status(204).end();
    })
    .delete(...change, async (request, response) => {
      await schedule.remove(request.params.id);
      response.status(204).end();
    })
    .all(allowOnly('PUT', 'DELETE'));
  router
    .route('/schedule/plans/:id/approval')
    .post(...change, async (request, response) => {
      const said = approvalBodySchema.parse(request.body);
      response.json(await schedule.approve(request.params.id, said));
    })
    .all(allowOnly('POST'));
  router
    .route('/schedule/plans/:id/move')
    .post(...change, async (request, response) => {
      const { startsAt, from } = planMoveSchema.parse(request.body);
      await schedule.move(request.params.id, startsAt, from);
      response.status(204).end();
    })
    .all(allowOnly('POST'));
  router
    .route('/schedule/plans/:id/start')
    .post(...change, async (request, response) => {
      response.status(201).json({ run: await schedule.startNow(request.params.id) });
    })
    .all(allowOnly('POST'));
}

function answer(entry: Entry): { entry: Entry } {
  return { entry };
}
