import {
  archiveStatusSchema,
  calendarListSchema,
  googleLoginSchema,
  googleLoginStateSchema,
  projectSchema,
  scheduleFeedSchema,
  settingsAnswerSchema,
  type CalendarBody,
  type CalendarChange,
  type GoogleLoginBody,
  type SettingsBody,
} from '@claude-optimizer/protocol';
import * as z from 'zod';
import { request, send } from './api';

const calendarPath = (id: string) => `/api/calendars/${encodeURIComponent(id)}`;
const projectListSchema = z.object({ projects: z.array(projectSchema) });

export const fetchSettings = () => request(settingsAnswerSchema, '/api/settings');
/** Replaces whole sections; what isn't given stays. */
export const saveSettings = (body: SettingsBody) =>
  send(settingsAnswerSchema, 'PUT', '/api/settings', body);

export const fetchArchive = () => request(archiveStatusSchema, '/api/archive');

export const fetchProjects = () => request(projectListSchema, '/api/projects');
export const addProject = (path: string, name?: string) =>
  send(z.unknown(), 'POST', '/api/projects', { path, ...(name !== undefined && { name }) });
export const removeProject = (name: string) =>
  send(z.unknown(), 'DELETE', `/api/projects/${encodeURIComponent(name)}`);

export const fetchCalendars = () => request(calendarListSchema, '/api/calendars');
export const addCalendar = (body: CalendarBody) =>
  send(z.unknown(), 'POST', '/api/calendars', body);
export const changeCalendar = (id: string, change: CalendarChange) =>
  send(z.unknown(), 'PATCH', calendarPath(id), change);
export const removeCalendar = (id: string) => send(z.unknown(), 'DELETE', calendarPath(id));
export const refreshCalendar = (id: string) =>
  send(z.unknown(), 'POST', `${calendarPath(id)}/refresh`);

/** Begins a login at Google; its page is opened in a browser of this machine. */
export const beginGoogleLogin = (body: GoogleLoginBody) =>
  send(googleLoginSchema, 'POST', '/api/calendars/logins', body);
export const fetchGoogleLogin = (id: string) =>
  request(googleLoginStateSchema, `/api/calendars/logins/${encodeURIComponent(id)}`);

/** Where our own schedule can be subscribed to: opened (again, at another address), or shut. */
export const openFeed = () => send(scheduleFeedSchema, 'POST', '/api/feed');
export const shutFeed = () => send(scheduleFeedSchema, 'DELETE', '/api/feed');
