import type { ArchiveStatus, PruneAnswer, PruneRequest } from '@claude-optimizer/protocol';
import { openArchiveReader } from '@claude-optimizer/store';
import { PersonSettings } from '../config/person-settings.js';
import { claimDaemon } from '../daemon/claim-daemon.js';
import { ArchiveDesk, emptyStatus, statusOf } from './archive-desk.js';
import { archiveFolder, indexFile } from './places.js';
import { sessionsOf } from './prune.js';

/** A session of which something is kept; `bytes` is what it takes here. */
export type KeptSession = {
  sessionId: string;
  changedAt: number;
  files: number;
  rawBytes: number;
  bytes: number;
  onlyHere: boolean;
};

/** What an archive holds, where no daemon runs: nothing is kept at the moment. */
export function archiveStatusHere(dataDir: string): ArchiveStatus {
  const folder = archiveFolder(dataDir);
  const { archive: settings } = new PersonSettings(dataDir).read();
  const index = openArchiveReader(indexFile(folder));
  const status = index ? statusOf(index, folder, settings) : emptyStatus(folder, settings);
  index?.close();
  return { ...status, state: settings.keep ? 'waiting' : 'off', pending: 0, problem: null };
}

/** The sessions of which something is kept, the one that changed last first. */
export function keptSessions(dataDir: string): KeptSession[] {
  const index = openArchiveReader(indexFile(archiveFolder(dataDir)));
  if (index === null) return [];
  try {
    return sessionsOf(index.all().filter(({ rawBytes }) => rawBytes > 0))
      .reverse()
      .map(({ files, ...session }) => ({
        ...session,
        files: files.length,
        rawBytes: files.reduce((sum, { rawBytes }) => sum + rawBytes, 0),
      }));
  } finally {
    index.close();
  }
}

/** Gives up what is asked where no daemon runs. Throws `conflict` where one does. */
export async function pruneHere(dataDir: string, request: PruneRequest): Promise<PruneAnswer> {
  const claim = await claimDaemon(dataDir, Date.now());
  try {
    const { archive } = new PersonSettings(dataDir).read();
    const desk = await ArchiveDesk.open(archiveFolder(dataDir), archive, Date.now);
    try {
      return desk.prune(request);
    } finally {
      desk.close();
    }
  } finally {
    claim.release();
  }
}
