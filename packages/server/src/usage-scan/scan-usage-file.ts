import { closeSync, fstatSync, openSync } from 'node:fs';
import type { PlainUse } from '@claude-optimizer/core/transcript';
import { isMissing } from '../transcripts/find-transcripts.js';
import { birthOf, scanFile } from '../transcripts/scan-file.js';
import { sessionOfLines } from '../transcripts/session-of-lines.js';
import { transcriptPlace } from '../transcripts/transcript-path.js';
import type { UsageFile } from './find-usage-files.js';
import type { Response, ResponseTable } from './response-table.js';
import { LineBuffer, readUsageLines, type UsageSighting } from './usage-lines.js';

/** Adds all usage that these transcripts tell to the table. Throws what `fs` throws. */
export function scanUsageFiles(files: Iterable<UsageFile>, table: ResponseTable): void {
  const buffer = new LineBuffer();
  for (const file of files) {
    try {
      scanFileInto(file, buffer, table);
    } catch (error) {
      // Deleted meanwhile.
      if (!isMissing(error)) throw error;
    }
  }
}

function scanFileInto(file: UsageFile, buffer: LineBuffer, table: ResponseTable): void {
  const fd = openSync(file.path, 'r');
  try {
    const sessionId = transcriptPlace(file.relative).sessionId ?? sessionOfLines(file.path);
    if (sessionId === null) return;
    const owner = { sessionId, bornAt: birthOf(fstatSync(fd)) };
    const timeless: PlainUse[] = [];
    const see = ({ at, use }: UsageSighting) => {
      if (at === null) timeless.push(use);
      else table.add(responseOf(owner, at, use));
    };
    readUsageLines(fd, buffer, see);
    if (timeless.length > 0) readWhole(file, see);
  } finally {
    closeSync(fd);
  }
}

type Owner = { sessionId: string; bornAt: number };

function responseOf(owner: Owner, at: number, use: PlainUse): Response {
  return {
    messageId: use.messageId,
    requestId: use.requestId,
    sessionId: owner.sessionId,
    model: use.model,
    bornAt: owner.bornAt,
    at,
    pricedAt: at,
    stopped: use.stopped,
    fast: use.fast,
    batch: use.batch ?? false,
    webSearches: use.webSearches,
    inputTokens: use.tokens.inputTokens,
    outputTokens: use.tokens.outputTokens,
    cacheWrite5mTokens: use.tokens.cacheWrite5mTokens,
    cacheWrite1hTokens: use.tokens.cacheWrite1hTokens,
    cacheReadTokens: use.tokens.cacheReadTokens,
  };
}

// A response without a time has that of the record before it, which only the whole reader knows;
// to see the others twice changes nothing.
function readWhole(file: UsageFile, see: (sighting: UsageSighting) => void): void {
  const whole = { id: 0, path: file.path, place: transcriptPlace(file.relative) };
  for (const { sightings } of scanFile(whole, null)) {
    for (const { observation } of sightings) {
      if (observation.kind === 'usage') see({ at: observation.at, use: observation.use });
    }
  }
}
