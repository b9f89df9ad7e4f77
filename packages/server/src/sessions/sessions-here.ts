import { existsSync } from 'node:fs';
import path from 'node:path';
import { sessionStatus } from '@claude-optimizer/core';
import { OptimizerError, type SessionList, type SessionQuery } from '@claude-optimizer/protocol';
import {
  openArchiveReader,
  openPlanStore,
  openSearchReader,
  type ListScope,
} from '@claude-optimizer/store';
import { openSqliteReader, type StoreReader } from '@claude-optimizer/store/reader';
import { archiveFolder, indexFile } from '../archive/places.js';
import { FoundTranscripts } from '../archive/raw-transcripts.js';
import { PLANS_FILE, STORE_FILE } from '../config/data-dir.js';
import { SEARCH_FILE } from '../search/open-search.js';
import { Searching } from '../search/searching.js';

/** A list of sessions as the daemon would give it, where none runs. Throws `not_found` without a history. */
export async function listSessionsHere(
  dataDir: string,
  query: SessionQuery,
  now: number,
): Promise<SessionList> {
  const store = openSqliteReader(path.join(dataDir, STORE_FILE));
  if (store === null) throw noHistory(dataDir);
  try {
    return await listed(store, { dataDir, query, now });
  } finally {
    await store.close();
  }
}

async function listed(
  store: StoreReader,
  { dataDir, query, now }: { dataDir: string; query: SessionQuery; now: number },
): Promise<SessionList> {
  const launches = await launchesIn(path.join(dataDir, PLANS_FILE));
  const search = query.search?.trim() ?? '';
  if (search === '') return inStatusOf(await store.list(query, { launches }), now);
  const folder = archiveFolder(dataDir);
  const kept = openArchiveReader(indexFile(folder));
  const reader = openSearchReader(path.join(dataDir, SEARCH_FILE));
  try {
    const searching = new Searching({
      reader: () => reader,
      transcripts: new FoundTranscripts({
        folder,
        index: () => kept,
        known: () => Promise.resolve([]),
        forget: () => Promise.resolve(),
      }),
      state: () => ({
        ...{ state: reader ? 'idle' : 'waiting', sessionsDone: 0, sessionsTotal: 0 },
        ...{ bytes: 0, problem: null },
      }),
      now: () => now,
    });
    const asked = searching.ask(search);
    const list = await store.list(query, { ...asked.scope, launches });
    const hits = await asked.hitsOf(list.sessions.map(({ id }) => id));
    const sessions = list.sessions.map((session) => ({ ...session, ...hits.get(session.id) }));
    return inStatusOf({ ...list, sessions, search: searching.state() }, now);
  } finally {
    reader?.close();
    kept?.close();
  }
}

/** The status as the clock has it now. */
function inStatusOf(list: SessionList, now: number): SessionList {
  const sessions = list.sessions.map((session) => ({
    ...session,
    status: sessionStatus(session, now),
  }));
  return { ...list, sessions };
}

async function launchesIn(file: string): Promise<NonNullable<ListScope['launches']>> {
  if (!existsSync(file)) return [];
  const plans = await openPlanStore(file);
  try {
    return await plans.launches();
  } finally {
    await plans.close();
  }
}

function noHistory(dataDir: string): OptimizerError {
  return new OptimizerError('not_found', `There is no history in ${dataDir} yet.`, {
    fix: 'Start claude-optimizer once: it indexes your sessions. Or name its folder with --data-dir.',
  });
}
