import path from 'node:path';
import type { Archive } from '../archive/archive.js';
import { archiveFolder } from '../archive/places.js';
import type { Log } from '../log.js';
import type { Deletions } from '../sessions/deletions.js';
import type { Followed } from '../sessions/followed.js';
import { Search } from './search.js';
import { Searching } from './searching.js';

/** The full-text index within the data folder. */
export const SEARCH_FILE = 'search.db';

/** The search of a data folder: its index follows what is read, `searching` answers out of it. */
export function openSearch(options: {
  dataDir: string;
  sessions: { transcripts: Followed; deletions: Deletions };
  archive: Archive;
  now: () => number;
  log: Log;
}): { index: Search; searching: Searching } {
  const { dataDir, archive, now, log } = options;
  const { transcripts, deletions } = options.sessions;
  const index = new Search({
    ...{ file: path.join(dataDir, SEARCH_FILE), archive: archiveFolder(dataDir), now, log },
    all: () => transcripts.all(),
  });
  transcripts.onRead((file) => {
    index.changed(file);
  });
  deletions.alsoRemove((sessionId) => index.forget(sessionId));
  const searching = new Searching({
    reader: () => index.reader(),
    transcripts: archive.transcripts,
    state: () => index.state(),
    now,
  });
  return { index, searching };
}

/** Begins once all that was there is indexed; `signal`: unless it is all over by then. */
export async function beginSearch(
  index: Search,
  transcripts: Followed,
  signal: AbortSignal,
): Promise<void> {
  await transcripts.indexed();
  if (!signal.aborted) await index.begin();
}
