import type { ScheduleFeed as FeedAnswer } from '@claude-optimizer/protocol';
import { Router, type RequestHandler } from 'express';
import type { ScheduleFeed } from '../../calendar/sources/schedule-feed.js';
import type { Log } from '../../log.js';
import { allowOnly } from '../errors.js';

type Needs = { scheduleFeed: ScheduleFeed; onlyWithToken: RequestHandler };

/** Where our own schedule can be subscribed to; its path is a secret, so it is told with the token. */
export function feedSettingRoutes({ scheduleFeed, onlyWithToken }: Needs): Router {
  const router = Router();
  router
    .route('/feed')
    .all(onlyWithToken)
    .get((_request, response) => {
      response.json({ path: scheduleFeed.path } satisfies FeedAnswer);
    })
    .post((_request, response) => {
      response.json({ path: scheduleFeed.open() } satisfies FeedAnswer);
    })
    .delete((_request, response) => {
      scheduleFeed.shut();
      response.json({ path: null } satisfies FeedAnswer);
    })
    .all(allowOnly('GET', 'POST', 'DELETE'));
  return router;
}

/** `GET /feed/<token>.ics`: 404 for any other token, as if there were nothing. */
export function feedRoutes({
  scheduleFeed,
  log,
}: {
  scheduleFeed: ScheduleFeed;
  log: Log;
}): Router {
  const router = Router();
  router
    .route('/feed/:file')
    .get(async (request, response) => {
      response.set('Cache-Control', 'private, no-store');
      const token = /^([\w-]+)\.ics$/.exec(request.params.file)?.[1] ?? '';
      try {
        const calendar = await scheduleFeed.read(token);
        if (calendar === null)
          response.status(404).type('text/plain').send('There is no such feed.');
        else response.type('text/calendar').send(calendar);
      } catch (error) {
        // Not by the usual way, which would log the path.
        log.error({ err: error }, 'the feed of the schedule failed');
        response.status(500).type('text/plain').send('The schedule can’t be read.');
      }
    })
    .all(allowOnly('GET'));
  return router;
}
