import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import type { Log } from '../log.js';
import type { Opening } from '../opening.js';
import { serveDashboard } from './dashboard/serve-dashboard.js';
import { allowOnly, answerErrors, unknownPath } from './errors.js';
import type { Guard } from './guard.js';
import { archiveRoutes } from './routes/archive.js';
import { askRoutes } from './routes/asks.js';
import { conversationRoutes, prepareConversation } from './routes/conversation.js';
import { calendarRoutes } from './routes/calendars.js';
import { deletionRoutes } from './routes/deletions.js';
import { demoRoutes } from './routes/demo.js';
import { docsRoutes } from './routes/docs.js';
import { exportRoutes } from './routes/exports.js';
import { feedRoutes, feedSettingRoutes } from './routes/feed.js';
import { healthRoutes } from './routes/health.js';
import { hookRoutes } from './routes/hooks.js';
import { limitRoutes } from './routes/limits.js';
import { liveRoutes } from './routes/live.js';
import { noticeRoutes } from './routes/notices.js';
import { priceRoutes } from './routes/prices.js';
import { runRoutes } from './routes/runs.js';
import { scheduleRoutes } from './routes/schedule.js';
import { sessionRoutes } from './routes/sessions.js';
import { settingsRoutes } from './routes/settings.js';
import { telemetryRoutes } from './routes/telemetry.js';
import { usageRoutes } from './routes/usage.js';
import { securityHeaders } from './security-headers.js';
import type { Services } from './services.js';

export type AppSettings = Services & {
  guard: Guard;
  dashboardDir: string;
  /** Told when a page is asked for, and asked whether one is being opened. */
  opening?: Pick<Opening, 'begin' | 'over'>;
  log: Log;
};

/** REST under `/api`, the dashboard everywhere else; nothing for whom the guard doesn't let in. */
export function createApp(settings: AppSettings): Express {
  const { guard, dashboardDir, opening, log, ...services } = settings;
  const isOver = () => opening?.over() ?? Promise.resolve();
  const app = express();
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing');
  app.use(securityHeaders, (request, _response, next) => {
    const refusal = guard(request);
    if (refusal) throw refusal;
    next();
  });
  // Before all else: a client waits for each answer, and there may be thousands a second.
  app.use(hookRoutes({ ...services, log }), telemetryRoutes(services));
  app.use(
    '/api',
    compression({ threshold: 1_024 }),
    (_request, response, next) => {
      response.set('Cache-Control', 'no-store');
      next();
    },
    docsRoutes(),
    healthRoutes(services),
    liveRoutes(services),
    // Before the sessions: `export` is no id.
    exportRoutes(services),
    prepareConversation(services, isOver),
    sessionRoutes(services),
    conversationRoutes(services),
    usageRoutes(services),
    limitRoutes(services),
    demoRoutes(services),
    ...(services.prices === null ? [] : [priceRoutes({ ...services, prices: services.prices })]),
    ...keepingRoutes(services),
    ...loopRoutes(services),
    unknownPath,
  );
  if (services.loop) app.use(feedRoutes({ ...services.loop, log }));
  const pages = serveDashboard(dashboardDir, () => opening?.begin());
  app.use(prepareConversation(services, isOver), pages, allowOnly('GET', 'HEAD'));
  app.use(answerErrors(log));
  return app;
}

function keepingRoutes({ keeping, ...services }: Services): RequestHandler[] {
  if (keeping === null) return [];
  return [archiveRoutes({ ...services, ...keeping }), deletionRoutes({ ...services, ...keeping })];
}

function loopRoutes({ loop, onlyWithToken }: Services): RequestHandler[] {
  if (loop === null) return [];
  return [
    askRoutes({ ...loop, onlyWithToken }),
    noticeRoutes(loop),
    runRoutes({ onlyWithToken }, loop),
    settingsRoutes({ onlyWithToken }, loop),
    scheduleRoutes({ onlyWithToken }, loop),
    calendarRoutes({ ...loop, onlyWithToken }),
    feedSettingRoutes({ ...loop, onlyWithToken }),
  ];
}
