import { usageReportQuerySchema } from '@claude-optimizer/protocol';
import { Router } from 'express';
import { reportPage } from '../../reports/usage-report.js';
import { sendPage } from '../answer-size.js';
import { allowOnly } from '../errors.js';
import type { Services } from '../services.js';

/** Sums of usage by day, week, month, hour of the week, model, project or session. */
export function usageRoutes({ stage }: Services): Router {
  const router = Router();
  router
    .route('/usage')
    .get(async (request, response) => {
      const query = usageReportQuerySchema.parse(request.query);
      const report = await stage.current().usage(query);
      return sendPage(response, query.limit, (limit) =>
        Promise.resolve(reportPage(report, { ...query, limit })),
      );
    })
    .all(allowOnly('GET'));
  return router;
}
