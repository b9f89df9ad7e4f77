import type { ArchiveSettings } from '@claude-optimizer/protocol';
import type { PersonSettings } from '../config/person-settings.js';
import type { Log } from '../log.js';
import type { Deletions } from '../sessions/deletions.js';
import type { Followed } from '../sessions/followed.js';
import { Archive } from './archive.js';

/**
 * The archive of a data folder, which follows what is read: all of it once the index is up to
 * date, then each transcript as it grows. Deletions that weren't finished are taken up.
 */
export function openArchive(options: {
  dataDir: string;
  sessions: { transcripts: Followed; deletions: Deletions };
  settings: Pick<PersonSettings, 'read' | 'onChange'>;
  now: () => number;
  log: Log;
}): Archive {
  const { dataDir, settings, now, log } = options;
  const { transcripts, deletions } = options.sessions;
  let kept: ArchiveSettings = settings.read().archive;
  const known = (sessionId: string) => transcripts.of(sessionId);
  const archive = new Archive({ dataDir, settings: kept, known, now, log });
  const failed = (error: unknown) => {
    log.error({ err: error }, 'transcripts cannot be kept');
  };
  transcripts.onRead((file) => {
    archive.changed(file);
  });
  settings.onChange(({ archive: next }) => {
    if (JSON.stringify(next) === JSON.stringify(kept)) return;
    kept = next;
    archive.change(next, () => transcripts.all()).catch(failed);
  });
  deletions.alsoRemove((sessionId) => archive.forget(sessionId));
  return archive;
}

/** Begins once all that was there is indexed; `signal`: unless it is all over by then. */
export async function beginArchive(
  archive: Archive,
  transcripts: Followed,
  signal: AbortSignal,
): Promise<void> {
  await transcripts.indexed();
  if (!signal.aborted) archive.begin(await transcripts.all());
}
