import { fstatSync, openSync, closeSync } from 'node:fs';
import { birthOf } from '../transcripts/birth-of.js';
import { isMissing } from '../transcripts/find-transcripts.js';
import { scanFile } from '../transcripts/scan-file.js';
import { transcriptPlace } from '../transcripts/transcript-path.js';
import type { ScannedFile } from './find-usage-files.js';
import type { ResponseTable } from './response-table.js';
import { sightingOf } from './usage-lines.js';

/**
 * Adds what transcripts tell in which a response has no time: it has that of the record before it,
 * which only the whole reader knows. To see the others twice changes nothing.
 */
export function readTimeless(files: readonly ScannedFile[], table: ResponseTable): void {
  for (const file of files) {
    try {
      readWhole(file, table);
    } catch (error) {
      // Deleted meanwhile.
      if (!isMissing(error)) throw error;
    }
  }
}

function readWhole({ path, relative }: ScannedFile, table: ResponseTable): void {
  const bornAt = bornAtOf(path);
  for (const { sessionId, sightings } of scanFile(
    { id: 0, path, place: transcriptPlace(relative) },
    null,
  )) {
    if (sessionId === null) continue;
    for (const { observation } of sightings) {
      if (observation.kind !== 'usage') continue;
      table.add({ ...sightingOf(observation.use), at: observation.at }, { sessionId, bornAt });
    }
  }
}

function bornAtOf(file: string): number {
  const fd = openSync(file, 'r');
  try {
    return birthOf(fstatSync(fd));
  } finally {
    closeSync(fd);
  }
}
