import {
  askListSchema,
  noticeListSchema,
  runAnswerSchema,
  runListSchema,
  runPreviewSchema,
  type AskAnswer,
  type LimitsOfRun,
  type RunBody,
} from '@claude-optimizer/protocol';
import { request, send } from '../api';

const runPath = (id: string) => `/api/runs/${encodeURIComponent(id)}`;

type RunsWanted = { active?: boolean; sessionId?: string; planId?: string; limit?: number };

/** Runs, newest first. */
export function fetchRuns(wanted: RunsWanted) {
  const given = Object.entries(wanted).map(([name, value]) => [name, String(value)]);
  return request(runListSchema, `/api/runs?${new URLSearchParams(given).toString()}`);
}
export const fetchAsks = () => request(askListSchema, '/api/asks');
export const fetchNotices = () => request(noticeListSchema, '/api/notices');

/** Starts a session now. */
export const startRun = (body: RunBody) => send(runAnswerSchema, 'POST', '/api/runs', body);
/** What would be started; nothing is. */
export const previewRun = (body: RunBody) =>
  send(runPreviewSchema, 'POST', '/api/runs', { ...body, dryRun: true });
export const stopRun = (id: string) => send(runAnswerSchema, 'POST', `${runPath(id)}/stop`);
/** Raises the limits that are named. */
export const extendRun = (id: string, limits: Partial<LimitsOfRun>) =>
  send(runAnswerSchema, 'POST', `${runPath(id)}/extend`, limits);
export const messageRun = (id: string, text: string) =>
  send(runAnswerSchema, 'POST', `${runPath(id)}/message`, { text });
export const answerAsk = (id: string, answer: AskAnswer) =>
  send(askListSchema, 'POST', `/api/asks/${encodeURIComponent(id)}/answer`, answer);
