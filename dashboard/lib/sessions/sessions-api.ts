import { deletionSchema, sessionListSchema } from '@claude-optimizer/protocol';
import * as z from 'zod';
import { request, send } from '@/lib/api';

const pathOf = (id: string) => `/api/sessions/${encodeURIComponent(id)}`;

/** A window of a list; `asked` is all else that the server is asked for. */
export function fetchWindow(
  asked: string,
  window: { offset: number; limit: number; facets: boolean },
) {
  const { offset, limit, facets } = window;
  const query = `${asked}&offset=${offset}&limit=${limit}${facets ? '&facets=true' : ''}`;
  return request(sessionListSchema, `/api/sessions?${query}`);
}

export const deleteSession = (id: string) => send(deletionSchema, 'POST', `${pathOf(id)}/delete`);

// Answered without a body.
const change = async (id: string, verb: string): Promise<void> => {
  await send(z.unknown(), 'POST', `${pathOf(id)}/${verb}`);
};
export const undeleteSession = (id: string) => change(id, 'undelete');
export const hideSession = (id: string) => change(id, 'hide');
export const unhideSession = (id: string) => change(id, 'unhide');
