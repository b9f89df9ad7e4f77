import { conversationSchema, passagePageSchema } from '@claude-optimizer/protocol';
import { fetchAllSessions, fetchDetail, fetchHistory } from '../support/api.js';

/** Everything that can be asked of a history and its sessions, but where it is kept. */
export async function allAnswers(url: string) {
  const get = async (address: string): Promise<unknown> => {
    const response = await fetch(url + address);
    if (!response.ok) throw new Error(`GET ${address}: ${String(response.status)}`);
    return response.json();
  };
  const sessions = await fetchAllSessions(url);
  const byId: Record<string, unknown> = {};
  for (const { id } of sessions) {
    const path = `/api/sessions/${encodeURIComponent(id)}`;
    const detail = await fetchDetail(url, id);
    const events = await fetchHistory(url, id);
    const changes: unknown[] = [];
    for (const event of events) {
      if (event.type !== 'session:tool' || event.phase !== 'end') continue;
      changes.push(await get(`${path}/tools/${event.toolUseId}`));
    }
    byId[id] = {
      // Timeline, Files and Cost are made of the events, and of what each call changed.
      ...{ detail, events, changes },
      older: await get(`${path}/events?limit=20`),
      requests: await get(`${path}/requests`),
      conversation: await conversationOf(get, path),
      exported: await get(`${path}/export?format=json`).then(withoutTime),
    };
  }
  return {
    sessions,
    byId,
    lists: await Promise.all(
      LISTS.map((query) => get(`/api/sessions?${query}`).then(withoutSearch)),
    ),
    usage: await Promise.all(USAGE.map((by) => get(`/api/usage?by=${by}`).then(withoutTime))),
    live: withoutTime(await get('/api/live')),
    malformed: await get('/api/health/malformed'),
  };
}

const LISTS = [
  ...['lastAt', 'cost', 'title'].map((sort) => `sort=${sort}&facets=true&limit=100`),
  ...['look', 'tool:Bash ls', '"count them"', 'file:till', 'coins'].map(
    (words) => `search=${encodeURIComponent(words)}&sort=relevance&facets=true&limit=100`,
  ),
];
const USAGE = ['day', 'model', 'project', 'session', 'day,model'];

async function conversationOf(get: (address: string) => Promise<unknown>, path: string) {
  const { revision: _revision, ...outline } = conversationSchema.parse(
    await get(`${path}/conversation`),
  );
  const pages: unknown[] = [];
  for (const thread of ['main', ...outline.threads.map(({ id }) => id)]) {
    for (let from = 0, total = 1; from < total;) {
      const query = `thread=${encodeURIComponent(thread)}&from=${String(from)}&limit=100`;
      const page = passagePageSchema.parse(await get(`${path}/conversation/passages?${query}`));
      pages.push(page);
      from += page.passages.length;
      total = page.passages.length === 0 ? 0 : page.total;
    }
  }
  const found = await get(`${path}/conversation/find?q=e`);
  const threads = outline.threads.map(({ kept: _kept, ...thread }) => thread);
  return { ...outline, threads, pages, found };
}

/** Without when it was asked, and whether the words are just being indexed. */
function withoutTime(answer: unknown): unknown {
  const {
    now: _now,
    exportedAt: _at,
    indexing: _indexing,
    ...rest
  } = answer as Record<string, unknown>;
  return rest;
}

function withoutSearch(answer: unknown): unknown {
  const { search: _search, ...rest } = answer as Record<string, unknown>;
  return rest;
}
