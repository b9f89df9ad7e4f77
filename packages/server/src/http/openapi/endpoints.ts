import {
  archiveStatusSchema,
  askAnswerSchema,
  askListSchema,
  budgetBodySchema,
  comparedRequestsSchema,
  conversationQuerySchema,
  conversationSchema,
  deletionSchema,
  demoBodySchema,
  demoStateSchema,
  eventAnswerSchema,
  eventPageSchema,
  eventQuerySchema,
  eventsAfterSchema,
  exportPreviewSchema,
  exportQuerySchema,
  exportRequestSchema,
  findQuerySchema,
  foundSchema,
  healthSchema,
  hookSchema,
  limitsSchema,
  locatedSchema,
  locateQuerySchema,
  malformedListSchema,
  noticeListSchema,
  otlpLogsSchema,
  otlpMetricsSchema,
  passagePageSchema,
  passageQuerySchema,
  passagesQuerySchema,
  pictureQuerySchema,
  pictureTypes,
  pruneAnswerSchema,
  pruneBodySchema,
  rawPassageSchema,
  rawQuerySchema,
  repricingSchema,
  sessionDetailSchema,
  sessionExportQuerySchema,
  sessionListSchema,
  sessionQuerySchema,
  snapshotSchema,
  tokenSchema,
  toolUseSchema,
  usageReportQuerySchema,
  usageReportSchema,
  wholePassageSchema,
} from '@claude-optimizer/protocol';
import * as z from 'zod';
import { EXPORT_TYPES } from '../../export/open-export.js';
import { repriceBodySchema } from '../routes/prices.js';
import { changes, reads, type Endpoint } from './endpoint.js';
import { loopEndpoints } from './loop-endpoints.js';

const FILES = {
  types: [...new Set(Object.values(EXPORT_TYPES).map((type) => type.split(';')[0] ?? type))],
};
const SESSION = '/api/sessions/:id';
const GONE = { errors: [404] } as const;

const sessions: Endpoint[] = [
  reads(
    'Sessions',
    '/api/sessions',
    'Sessions by filter and order, page by page.',
    sessionListSchema,
    { query: sessionQuerySchema },
  ),
  reads(
    'Sessions',
    SESSION,
    'One session: its state, usage over time, the newest events.',
    sessionDetailSchema,
    GONE,
  ),
  reads(
    'Sessions',
    `${SESSION}/events`,
    'Its events before or after a number.',
    z.union([eventPageSchema, eventsAfterSchema]),
    { query: eventQuerySchema, ...GONE },
  ),
  reads(
    'Sessions',
    `${SESSION}/requests`,
    'The client’s own count of each request, beside ours.',
    comparedRequestsSchema,
  ),
  changes(
    'post',
    'Sessions',
    `${SESSION}/end`,
    'Marks it as ended by the person; Claude Code isn’t stopped.',
    eventAnswerSchema,
    { errors: [404, 409] },
  ),
  changes(
    'post',
    'Sessions',
    `${SESSION}/budget`,
    'Sets its budget, or takes it away.',
    eventAnswerSchema,
    { body: budgetBodySchema, ...GONE },
  ),
  changes(
    'post',
    'Sessions',
    `${SESSION}/delete`,
    'Deletes it here, everywhere; can be taken back for a while.',
    deletionSchema,
    { errors: [404, 409] },
  ),
  changes('post', 'Sessions', `${SESSION}/undelete`, 'Takes the deletion back.', null, {
    errors: [404, 409],
  }),
  changes(
    'post',
    'Sessions',
    `${SESSION}/hide`,
    'Leaves it out of lists; its usage counts.',
    null,
    { errors: [404, 409] },
  ),
  changes('post', 'Sessions', `${SESSION}/unhide`, 'Puts it back into lists.', null, {
    errors: [404, 409],
  }),
];

const conversation: Endpoint[] = [
  reads(
    'Conversation',
    `${SESSION}/conversation`,
    'What there is of a thread, without its texts.',
    conversationSchema,
    { query: conversationQuerySchema, ...GONE },
  ),
  reads(
    'Conversation',
    `${SESSION}/conversation/passages`,
    'Passages with their texts.',
    passagePageSchema,
    { query: passagesQuerySchema, ...GONE },
  ),
  reads(
    'Conversation',
    `${SESSION}/conversation/passage`,
    'One passage in full.',
    wholePassageSchema,
    { query: passageQuerySchema, ...GONE },
  ),
  reads(
    'Conversation',
    `${SESSION}/conversation/raw`,
    'Its records as they stand in the transcript.',
    rawPassageSchema,
    { query: rawQuerySchema, ...GONE },
  ),
  reads(
    'Conversation',
    `${SESSION}/conversation/picture`,
    'A picture that came with a passage.',
    { types: pictureTypes },
    { query: pictureQuerySchema, ...GONE },
  ),
  reads('Conversation', `${SESSION}/conversation/find`, 'Where words stand in it.', foundSchema, {
    query: findQuerySchema,
    ...GONE,
  }),
  reads(
    'Conversation',
    `${SESSION}/conversation/at`,
    'The passage of a record or a tool’s call.',
    locatedSchema,
    { query: locateQuerySchema, ...GONE },
  ),
  reads(
    'Conversation',
    `${SESSION}/tools/:toolUseId`,
    'What one call of a tool was given and gave.',
    toolUseSchema,
    GONE,
  ),
];

const exports: Endpoint[] = [
  reads('Export', `${SESSION}/export`, 'One session as a file.', FILES, {
    query: sessionExportQuerySchema,
    ...GONE,
  }),
  reads('Export', '/api/sessions/export', 'A selection as a file: ids, or a filter.', FILES, {
    query: exportQuerySchema,
    ...GONE,
  }),
  changes(
    'post',
    'Export',
    '/api/sessions/export',
    'The same for more ids than an address holds; changes nothing.',
    FILES,
    { body: exportRequestSchema, ...GONE },
  ),
  reads(
    'Export',
    '/api/sessions/export/preview',
    'How many sessions and bytes an export would have.',
    exportPreviewSchema,
    { query: exportQuerySchema, ...GONE },
  ),
  changes(
    'post',
    'Export',
    '/api/sessions/export/preview',
    'The same for many ids; changes nothing.',
    exportPreviewSchema,
    { body: exportRequestSchema, ...GONE },
  ),
  reads('Export', '/api/schemas/export.json', 'JSON Schema of an export as JSON.', {
    types: ['application/schema+json'],
  }),
];

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
  ...sessions,
  ...conversation,
  ...exports,
  ...figures,
  ...asks,
  ...loopEndpoints,
  ...server,
  ...fromClient,
];
