import { otlpLogsSchema, otlpMetricsSchema } from '@claude-optimizer/protocol';
import { Router } from 'express';
import { readLogs } from '../../telemetry/read-logs.js';
import { allowOnly } from '../errors.js';
import { onlyJson } from '../only-json.js';
import type { Services } from '../services.js';

const LIMIT = 16 * 1024 * 1024;
const HELP = 'Set OTEL_EXPORTER_OTLP_PROTOCOL=http/json: protobuf and gRPC are not read here.';

/** Takes Claude Code's OpenTelemetry (http/json), and compares its requests with our count. */
export function telemetryRoutes({ live }: Services): Router {
  const router = Router();
  router
    .route('/v1/logs')
    .post(...onlyJson(LIMIT, HELP), async (request, response) => {
      const { requests, heard } = readLogs(otlpLogsSchema.parse(request.body ?? {}));
      for (const one of heard) live.intake.take(one);
      await live.requests.add(requests);
      response.json({});
    })
    .all(allowOnly('POST'));
  router
    .route('/v1/metrics')
    .post(...onlyJson(LIMIT, HELP), (request, response) => {
      // Their sums stand in the logs request by request; here they would be counted twice.
      otlpMetricsSchema.parse(request.body ?? {});
      response.json({});
    })
    .all(allowOnly('POST'));
  router
    .route('/api/sessions/:id/requests')
    .get(async ({ params: { id } }, response) => {
      response.set('Cache-Control', 'no-store');
      response.json(await live.requests.compared(id));
    })
    .all(allowOnly('GET'));
  return router;
}
