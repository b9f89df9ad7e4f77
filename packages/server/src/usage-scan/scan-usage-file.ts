import { closeSync, fstatSync, openSync } from 'node:fs';
import { birthOf } from '../transcripts/birth-of.js';
import { isMissing } from '../transcripts/find-transcripts.js';
import { sessionOfLines } from '../transcripts/session-of-lines.js';
import { transcriptPlace } from '../transcripts/transcript-path.js';
import type { ScannedFile } from './find-usage-files.js';
import type { ResponseTable } from './response-table.js';
import { UsageKernel } from './usage-kernel.js';
import { readUsageLines } from './usage-lines.js';

/**
 * Adds all usage that these transcripts tell to the table. Gives those in which a response has no
 * time of its own: see `readTimeless`. Throws what `fs` throws.
 */
export function scanUsageFiles(files: Iterable<ScannedFile>, table: ResponseTable): ScannedFile[] {
  const kernel = new UsageKernel();
  const timeless: ScannedFile[] = [];
  for (const file of files) {
    try {
      if (scanFileInto(file, kernel, table)) timeless.push(file);
    } catch (error) {
      // Deleted meanwhile.
      if (!isMissing(error)) throw error;
    }
  }
  return timeless;
}

function scanFileInto(file: ScannedFile, kernel: UsageKernel, table: ResponseTable): boolean {
  const fd = openSync(file.path, 'r');
  try {
    const sessionId = transcriptPlace(file.relative).sessionId ?? sessionOfLines(file.path);
    if (sessionId === null) return false;
    const stat = fstatSync(fd);
    const owner = { sessionId, bornAt: birthOf(stat) };
    let isTimeless = false;
    readUsageLines(fd, stat.size, kernel, {
      usage: (sighting) => {
        table.add(sighting, owner);
      },
      timeless: () => {
        isTimeless = true;
      },
    });
    return isTimeless;
  } finally {
    closeSync(fd);
  }
}
