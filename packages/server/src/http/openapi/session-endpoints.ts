import {
  budgetBodySchema,
  comparedRequestsSchema,
  conversationQuerySchema,
  conversationSchema,
  deletionSchema,
  eventAnswerSchema,
  eventPageSchema,
  eventQuerySchema,
  eventsAfterSchema,
  exportPreviewSchema,
  exportQuerySchema,
  exportRequestSchema,
  findQuerySchema,
  foundSchema,
  locatedSchema,
  locateQuerySchema,
  passagePageSchema,
  passageQuerySchema,
  passagesQuerySchema,
  pictureQuerySchema,
  pictureTypes,
  rawPassageSchema,
  rawQuerySchema,
  sessionDetailSchema,
  sessionExportQuerySchema,
  sessionListSchema,
  sessionQuerySchema,
  toolUseSchema,
  wholePassageSchema,
} from '@claude-optimizer/protocol';
import * as z from 'zod';
import { EXPORT_TYPES } from '../../export/open-export.js';
import { changes, reads, type Endpoint } from './endpoint.js';

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

/** How sessions are asked for: lists and one, what was said in it, and files of them. */
export const sessionEndpoints: readonly Endpoint[] = [...sessions, ...conversation, ...exports];
