import {
  calendarBodySchema,
  calendarChangeSchema,
  type CalendarBody,
  type CalendarChange,
} from '@claude-optimizer/protocol';
import { json, Router, type RequestHandler } from 'express';
import type { Calendars } from '../../calendar/sources/calendars.js';
import { allowOnly } from '../errors.js';

type Needs = { calendars: Calendars; onlyWithToken: RequestHandler };

/** The person's calendars. Secrets come in with POST and PATCH and are never answered. */
export function calendarRoutes({ calendars, onlyWithToken }: Needs): Router {
  const router = Router();
  router
    .route('/calendars')
    .get(async (_request, response) => {
      response.json({ calendars: await calendars.list() });
    })
    .post(onlyWithToken, json(), async (request, response) => {
      const body: unknown = request.body ?? {};
      calendarBodySchema.parse(body);
      response.status(201).json(await calendars.add(body as CalendarBody));
    })
    .all(allowOnly('GET', 'POST'));
  router
    .route('/calendars/:id')
    .patch(onlyWithToken, json(), async (request, response) => {
      const body: unknown = request.body ?? {};
      calendarChangeSchema.parse(body);
      response.json(await calendars.change(idOf(request.params), body as CalendarChange));
    })
    .delete(onlyWithToken, async (request, response) => {
      await calendars.remove(idOf(request.params));
      response.status(204).end();
    })
    .all(allowOnly('PATCH', 'DELETE'));
  router
    .route('/calendars/:id/refresh')
    .post(onlyWithToken, async (request, response) => {
      response.json(await calendars.refresh(idOf(request.params)));
    })
    .all(allowOnly('POST'));
  router
    .route('/calendars/:id/logout')
    .post(onlyWithToken, async (request, response) => {
      response.json(await calendars.logOut(idOf(request.params)));
    })
    .all(allowOnly('POST'));
  return router;
}

function idOf({ id = '' }: Record<string, string | undefined>): string {
  return id;
}
