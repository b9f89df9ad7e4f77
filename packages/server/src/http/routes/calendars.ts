import {
  calendarBodySchema,
  calendarChangeSchema,
  googleLoginBodySchema,
  type CalendarBody,
  type CalendarChange,
} from '@claude-optimizer/protocol';
import { json, Router, type RequestHandler } from 'express';
import type { Calendars } from '../../calendar/sources/calendars.js';
import type { GoogleLogins } from '../../calendar/sources/google-logins.js';
import { allowOnly } from '../errors.js';

type Needs = { calendars: Calendars; logins: GoogleLogins; onlyWithToken: RequestHandler };

/** The person's calendars. Secrets come in with POST and PATCH and are never answered. */
export function calendarRoutes({ calendars, logins, onlyWithToken }: Needs): Router {
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
  // Before the calendars: none has this as its id, as no other verb leads to it.
  router
    .route('/calendars/logins')
    .post(onlyWithToken, json(), async (request, response) => {
      response
        .status(201)
        .json(await logins.begin(googleLoginBodySchema.parse(request.body ?? {})));
    })
    .all(allowOnly('POST'));
  router
    .route('/calendars/logins/:id')
    .get((request, response) => {
      response.json(logins.state(idOf(request.params)));
    })
    .all(allowOnly('GET'));
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
