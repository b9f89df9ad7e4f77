import {
  approvalBodySchema,
  auditListSchema,
  calendarBodySchema,
  calendarChangeSchema,
  calendarListSchema,
  calendarStateSchema,
  entryBodySchema,
  entryPreviewSchema,
  entrySchema,
  extendBodySchema,
  googleLoginBodySchema,
  googleLoginSchema,
  googleLoginStateSchema,
  messageBodySchema,
  planEditSchema,
  planMoveSchema,
  projectSchema,
  runAnswerSchema,
  runBodySchema,
  runListSchema,
  runPreviewSchema,
  runQuerySchema,
  scheduledPlanSchema,
  scheduleFeedSchema,
  scheduleQuerySchema,
  scheduleSchema,
  settingsAnswerSchema,
  settingsBodySchema,
} from '@claude-optimizer/protocol';
import * as z from 'zod';
import { auditQuerySchema, entryChangeSchema, entryPreviewBodySchema } from '../routes/schedule.js';
import { projectBodySchema } from '../routes/settings.js';
import { changes, reads, type Endpoint } from './endpoint.js';

const GONE = { errors: [404] } as const;
const CHANGED = { errors: [404, 409] } as const;
const entryAnswer = z.object({ entry: entrySchema });
const pausedAnswer = z.object({ paused: z.boolean() });

const runs: Endpoint[] = [
  reads('Runs', '/api/runs', 'Launched sessions, newest first.', runListSchema, {
    query: runQuerySchema,
  }),
  {
    ...changes(
      'post',
      'Runs',
      '/api/runs',
      'Starts one now, or with `dryRun` says what would start.',
      runAnswerSchema,
      { body: runBodySchema, status: 201, ...CHANGED },
    ),
    answers: { 200: runPreviewSchema, 201: runAnswerSchema },
  },
  reads('Runs', '/api/runs/:id', 'One run.', runAnswerSchema, GONE),
  changes('post', 'Runs', '/api/runs/:id/stop', 'Stops it.', runAnswerSchema, CHANGED),
  changes('post', 'Runs', '/api/runs/:id/extend', 'Raises its limits.', runAnswerSchema, {
    body: extendBodySchema,
    ...CHANGED,
  }),
  changes('post', 'Runs', '/api/runs/:id/message', 'Says something more to it.', runAnswerSchema, {
    body: messageBodySchema,
    ...CHANGED,
  }),
];

const schedule: Endpoint[] = [
  reads('Schedule', '/api/schedule', 'Plans of a stretch of time, by start.', scheduleSchema, {
    query: scheduleQuerySchema,
  }),
  reads(
    'Schedule',
    '/api/schedule/entries',
    'Entries of our own schedule.',
    z.object({ entries: z.array(entrySchema) }),
  ),
  changes('post', 'Schedule', '/api/schedule/entries', 'Adds one.', entryAnswer, {
    body: entryBodySchema,
    status: 201,
    errors: [409],
  }),
  changes('put', 'Schedule', '/api/schedule/entries/:id', 'Changes one.', entryAnswer, {
    body: entryChangeSchema,
    ...CHANGED,
  }),
  changes('delete', 'Schedule', '/api/schedule/entries/:id', 'Removes one.', null, CHANGED),
  changes(
    'post',
    'Schedule',
    '/api/schedule/preview',
    'What an entry would mean; changes nothing.',
    entryPreviewSchema,
    { body: entryPreviewBodySchema },
  ),
  changes('post', 'Schedule', '/api/schedule/pause', 'Starts nothing until resumed.', pausedAnswer),
  changes('post', 'Schedule', '/api/schedule/resume', 'Starts plans again.', pausedAnswer),
  changes(
    'put',
    'Schedule',
    '/api/schedule/plans/:id',
    'Changes a plan where it comes from.',
    null,
    { body: planEditSchema, ...CHANGED },
  ),
  changes('delete', 'Schedule', '/api/schedule/plans/:id', 'Removes a plan.', null, CHANGED),
  changes(
    'post',
    'Schedule',
    '/api/schedule/plans/:id/approval',
    'The person’s yes or no to it.',
    scheduledPlanSchema,
    { body: approvalBodySchema, ...CHANGED },
  ),
  changes('post', 'Schedule', '/api/schedule/plans/:id/move', 'Moves it.', null, {
    body: planMoveSchema,
    ...CHANGED,
  }),
  changes('post', 'Schedule', '/api/schedule/plans/:id/start', 'Starts it now.', runAnswerSchema, {
    status: 201,
    ...CHANGED,
  }),
  reads(
    'Schedule',
    '/api/audit',
    'What happened to plans, runs and settings, by whom.',
    auditListSchema,
    { query: auditQuerySchema },
  ),
];

const calendars: Endpoint[] = [
  reads(
    'Calendars',
    '/api/calendars',
    'The person’s calendars, without secrets.',
    calendarListSchema,
  ),
  changes(
    'post',
    'Calendars',
    '/api/calendars',
    'Adds one, with its secret.',
    calendarStateSchema,
    { body: calendarBodySchema, status: 201, errors: [409, 502] },
  ),
  changes('patch', 'Calendars', '/api/calendars/:id', 'Changes one.', calendarStateSchema, {
    body: calendarChangeSchema,
    ...CHANGED,
  }),
  changes('delete', 'Calendars', '/api/calendars/:id', 'Removes one.', null, CHANGED),
  changes('post', 'Calendars', '/api/calendars/:id/refresh', 'Reads it now.', calendarStateSchema, {
    errors: [404, 502],
  }),
  changes(
    'post',
    'Calendars',
    '/api/calendars/:id/logout',
    'Forgets its secret.',
    calendarStateSchema,
    CHANGED,
  ),
  changes(
    'post',
    'Calendars',
    '/api/calendars/logins',
    'Begins to log in at Google.',
    googleLoginSchema,
    { body: googleLoginBodySchema, status: 201, ...CHANGED },
  ),
  reads(
    'Calendars',
    '/api/calendars/logins/:id',
    'What has become of it.',
    googleLoginStateSchema,
    GONE,
  ),
  {
    ...reads(
      'Calendars',
      '/api/feed',
      'Where our schedule can be subscribed to.',
      scheduleFeedSchema,
    ),
    needsToken: true,
  },
  changes('post', 'Calendars', '/api/feed', 'Opens it under another address.', scheduleFeedSchema),
  changes('delete', 'Calendars', '/api/feed', 'Shuts it.', scheduleFeedSchema),
  reads(
    'Calendars',
    '/feed/:file',
    'Our schedule as iCalendar, behind its secret address.',
    { types: ['text/calendar'] },
    GONE,
  ),
];

const settings: Endpoint[] = [
  reads('Settings', '/api/settings', 'What the person has set.', settingsAnswerSchema),
  changes('put', 'Settings', '/api/settings', 'Sets whole sections.', settingsAnswerSchema, {
    body: settingsBodySchema,
  }),
  reads(
    'Settings',
    '/api/projects',
    'Projects in which sessions may be started.',
    z.object({ projects: z.array(projectSchema) }),
  ),
  changes(
    'post',
    'Settings',
    '/api/projects',
    'Registers one.',
    z.object({ project: projectSchema }),
    { body: projectBodySchema, status: 201, errors: [409] },
  ),
  changes('delete', 'Settings', '/api/projects/:name', 'Takes one off.', null, GONE),
];

/** Ways to plan, launch and hold sessions. */
export const loopEndpoints: readonly Endpoint[] = [...runs, ...schedule, ...calendars, ...settings];
