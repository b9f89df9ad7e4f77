import {
  entryPreviewSchema,
  entrySchema,
  scheduleSchema,
  type EntryBody,
  type Plan,
  type PlanEdit,
} from '@claude-optimizer/protocol';
import * as z from 'zod';
import { request, send } from '../api';

const planPath = (id: string) => `/api/schedule/plans/${encodeURIComponent(id)}`;
const entryPath = (id: string) => `/api/schedule/entries/${encodeURIComponent(id)}`;
const entryListSchema = z.object({ entries: z.array(entrySchema) });

/** What is planned between two moments, epoch ms. */
export const fetchSchedule = (from: number, to: number) =>
  request(scheduleSchema, `/api/schedule?from=${isoOf(from)}&to=${isoOf(to)}`);
const isoOf = (at: number) => new Date(at).toISOString();

export const fetchEntries = () => request(entryListSchema, '/api/schedule/entries');

export const addEntry = (body: EntryBody) =>
  send(z.unknown(), 'POST', '/api/schedule/entries', body);
/** Replaces an entry as it was at `revision`. */
export const changeEntry = (id: string, body: EntryBody, revision: number) =>
  send(z.unknown(), 'PUT', entryPath(id), { ...body, revision });
export const dropEntry = (id: string) => send(z.unknown(), 'DELETE', entryPath(id));

/** Takes out one plan; of a series only this occurrence. */
export const dropPlan = (id: string) => send(z.unknown(), 'DELETE', planPath(id));
/** Moves a plan from where it was shown. */
export const movePlan = ({ id, startsAt: from }: Plan, startsAt: number) =>
  send(z.unknown(), 'POST', `${planPath(id)}/move`, { startsAt, from });
/** Changes a plan of another calendar as it was shown; of a series this one alone. */
export const changePlan = (plan: Plan, edit: Omit<PlanEdit, 'seen'>) => {
  const { id, startsAt, contentHash } = plan;
  return send(z.unknown(), 'PUT', planPath(id), { ...edit, seen: { startsAt, contentHash } });
};
export const startPlan = (id: string) => send(z.unknown(), 'POST', `${planPath(id)}/start`);

type Approval = { decision: 'approve' | 'refuse'; series: boolean };

/** Says yes or no to a plan as it was shown. */
export const approvePlan = ({ id, contentHash }: Plan, approval: Approval) =>
  send(z.unknown(), 'POST', `${planPath(id)}/approval`, { ...approval, contentHash });

export const pauseSchedule = (paused: boolean) =>
  send(z.unknown(), 'POST', paused ? '/api/schedule/pause' : '/api/schedule/resume');

/** What an entry would come to, in the place of an entry or of a plan of another calendar. */
export type Replaces = { entryId?: string; planId?: string };
export const previewEntry = (body: EntryBody, replaces: Replaces) =>
  send(entryPreviewSchema, 'POST', '/api/schedule/preview', { ...body, ...replaces });
