import {
  archiveStatusSchema,
  askAnswerSchema,
  askListSchema,
  demoBodySchema,
  demoStateSchema,
  healthSchema,
  hookSchema,
  limitsSchema,
  malformedListSchema,
  noticeListSchema,
  otlpLogsSchema,
  otlpMetricsSchema,
  pruneAnswerSchema,
  pruneBodySchema,
  repricingSchema,
  snapshotSchema,
  tokenSchema,
  usageReportQuerySchema,
  usageReportSchema,
} from '@claude-optimizer/protocol';
import * as z from 'zod';
import { repriceBodySchema } from '../routes/prices.js';
import { changes, reads, type Endpoint } from './endpoint.js';
import { loopEndpoints } from './loop-endpoints.js';
import { sessionEndpoints } from './session-endpoints.js';

const figures: Endpoint[] = [
  reads('Figures', '/api/live', 'What the first page needs.', snapshotSchema),
  reads(
    'Figures',
    '/api/usage',
    'Sums of usage by day, week, month, hour, model, project or session.',
    usageReportSchema,
    { query: usageReportQuerySchema },
  ),
  reads('Figures', '/api/limits', 'The provider’s limit windows that are open.', limitsSchema),
  changes(
    'post',
    'Figures',
    '/api/prices/reprice',
    'Gives the whole history the prices of now.',
    repricingSchema,
    { body: repriceBodySchema, errors: [409] },
  ),
];

const server: Endpoint[] = [
  reads('Server', '/api/health', 'How the server is: ready, or reading.', healthSchema),
  reads('Server', '/api/health/malformed', 'Lines that could not be read.', malformedListSchema),
  reads('Server', '/api/token', 'What a request that changes something must bring.', tokenSchema),
  reads('Server', '/api/archive', 'The transcripts that are kept.', archiveStatusSchema),
  changes('post', 'Server', '/api/archive/prune', 'Gives some of them up.', pruneAnswerSchema, {
    body: pruneBodySchema,
  }),
  changes('post', 'Server', '/api/demo/start', 'Puts the demo on stage.', demoStateSchema, {
    body: demoBodySchema,
    errors: [503],
  }),
  changes('post', 'Server', '/api/demo/stop', 'Takes it off.', demoStateSchema),
  reads('Server', '/api/openapi.json', 'This, as OpenAPI 3.1.', { types: ['application/json'] }),
  reads('Server', '/api/docs', 'This, to read.', { types: ['text/html'] }),
];

/** What Claude Code itself sends; its own format, so no token. */
const fromClient: Endpoint[] = [
  {
    ...changes('post', 'Claude Code', '/api/hooks', 'A hook of Claude Code.', z.unknown(), {
      body: hookSchema,
      errors: [413, 415],
    }),
    needsToken: false,
  },
  {
    ...changes('post', 'Claude Code', '/v1/logs', 'OpenTelemetry logs (http/json).', z.object({}), {
      body: otlpLogsSchema,
      errors: [413, 415],
    }),
    needsToken: false,
  },
  {
    ...changes(
      'post',
      'Claude Code',
      '/v1/metrics',
      'OpenTelemetry metrics (http/json).',
      z.object({}),
      { body: otlpMetricsSchema, errors: [413, 415] },
    ),
    needsToken: false,
  },
];

const asks: Endpoint[] = [
  reads('Questions', '/api/asks', 'What waits for the person’s answer.', askListSchema),
  changes('post', 'Questions', '/api/asks/:id/answer', 'The answer.', askListSchema, {
    body: askAnswerSchema,
    errors: [404, 409],
  }),
  reads('Questions', '/api/notices', 'The newest notices.', noticeListSchema),
];

/** Every way to ask the server. A test compares it with the routes that there are. */
export const endpoints: readonly Endpoint[] = [
  ...sessionEndpoints,
  ...figures,
  ...asks,
  ...loopEndpoints,
  ...server,
  ...fromClient,
];
