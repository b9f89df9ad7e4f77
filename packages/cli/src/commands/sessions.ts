import {
  deletionSchema,
  eventAnswerSchema,
  OptimizerError,
  sessionListSchema,
  sessionQuerySchema,
  type ListedSession,
  type SessionList,
} from '@claude-optimizer/protocol';
import { listSessionsHere, readConfig, type Flags } from '@claude-optimizer/server';
import { badOptions } from '../bad-options.js';
import { daemonOf, type DaemonClient } from '../daemon-client.js';
import { listText, sessionText } from '../render-sessions.js';

type Folders = Pick<Flags, 'claudeDir' | 'dataDir'>;
export type ListFlags = Folders & {
  json?: boolean;
  limit?: string;
  offset?: string;
  sort?: string;
  order?: string;
  project?: string;
  model?: string;
  status?: string;
  hidden?: string;
};
export type ActFlags = Folders & { json?: boolean };

/** Sessions as a table, or with `search` those in which it is found, and where. */
export async function list(
  search: string | undefined,
  { json, claudeDir, dataDir, ...asked }: ListFlags,
): Promise<string> {
  const folders = readConfig({ flags: foldersOf(claudeDir, dataDir) });
  const found = await listed(folders.dataDir, {
    ...asked,
    ...(search !== undefined && { search, sort: asked.sort ?? 'relevance' }),
  });
  return json ? asJson(found) : listText(found, process.stdout.columns, Date.now());
}

/** One session in full. */
export async function show(id: string, { json, ...flags }: ActFlags): Promise<string> {
  const { dataDir } = readConfig({ flags });
  const session = await theSession(dataDir, id);
  return json ? asJson(session) : sessionText(session, Date.now());
}

/** Marks sessions as ended, by the daemon. */
export async function end(ids: readonly string[], { json, ...flags }: ActFlags): Promise<string> {
  const { dataDir } = readConfig({ flags });
  const daemon = await runningDaemon(dataDir);
  const ended: string[] = [];
  for (const id of await fullIds(dataDir, ids)) {
    await daemon.ask('POST', `${pathOf(id)}/end`, eventAnswerSchema);
    ended.push(id);
  }
  return json ? asJson({ ended }) : ended.map((id) => `Ended ${id}.\n`).join('');
}

/** Deletes sessions here, by the daemon; for half a minute the page can take it back. */
export async function remove(
  ids: readonly string[],
  { json, ...flags }: ActFlags,
): Promise<string> {
  const { dataDir } = readConfig({ flags });
  const daemon = await runningDaemon(dataDir);
  const deleted = [];
  for (const id of await fullIds(dataDir, ids)) {
    deleted.push(await daemon.ask('POST', `${pathOf(id)}/delete`, deletionSchema));
  }
  if (json) return asJson({ deleted });
  return deleted.map(({ sessionId }) => `Deleted ${sessionId} here.\n`).join('');
}

function foldersOf(claudeDir: string[] | undefined, dataDir: string | undefined): Folders {
  return { ...(claudeDir && { claudeDir }), ...(dataDir !== undefined && { dataDir }) };
}

function pathOf(id: string): string {
  return `/api/sessions/${encodeURIComponent(id)}`;
}

async function listed(dataDir: string, asked: Record<string, string>): Promise<SessionList> {
  const query = sessionQuerySchema.safeParse(asked);
  if (!query.success) throw badOptions(query.error, asked, 'sessions list');
  const daemon = await daemonOf(dataDir);
  if (daemon === null) return listSessionsHere(dataDir, query.data, Date.now());
  const params = new URLSearchParams(asked);
  return daemon.get(`/api/sessions?${params.toString()}`, sessionListSchema);
}

/** The session whose id begins so. Throws where there is none, or more than one. */
async function theSession(dataDir: string, id: string): Promise<ListedSession> {
  const asked = { text: id, hidden: 'all', limit: '100' };
  const { sessions } = await listed(dataDir, asked);
  const found = sessions.filter((one) => one.id.startsWith(id.toLowerCase()));
  const [only, another] = found;
  if (only === undefined) {
    throw new OptimizerError('not_found', `There is no session ${JSON.stringify(id)}.`, {
      fix: '`claude-optimizer sessions list` shows the beginnings of their ids.',
    });
  }
  if (another === undefined || only.id === id) return only;
  throw new OptimizerError('bad_request', `More than one session begins with ${id}.`, {
    fix: `Give more of it, as ${only.id.slice(0, 12)} or ${another.id.slice(0, 12)}.`,
  });
}

async function fullIds(dataDir: string, ids: readonly string[]): Promise<string[]> {
  const full: string[] = [];
  for (const id of ids) full.push((await theSession(dataDir, id)).id);
  return full;
}

async function runningDaemon(dataDir: string): Promise<DaemonClient> {
  const daemon = await daemonOf(dataDir);
  if (daemon !== null) return daemon;
  throw new OptimizerError('conflict', 'No daemon runs: this is its work.', {
    fix: 'Start `claude-optimizer`, then say it again.',
  });
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
