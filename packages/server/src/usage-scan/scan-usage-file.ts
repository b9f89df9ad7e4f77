import { closeSync, fstatSync, openSync } from 'node:fs';
import { isMissing } from '../transcripts/find-transcripts.js';
import { birthOf, scanFile } from '../transcripts/scan-file.js';
import { sessionOfLines } from '../transcripts/session-of-lines.js';
import { transcriptPlace } from '../transcripts/transcript-path.js';
import type { UsageFile } from './find-usage-files.js';
import type { Response, Tally } from './tally.js';
import { LineBuffer, readUsageLines, type UsageSighting } from './usage-lines.js';

/** Adds all usage that these transcripts tell to the tally. Throws what `fs` throws. */
export function scanUsageFiles(files: readonly UsageFile[], tally: Tally): void {
  const buffer = new LineBuffer();
  for (const file of files) {
    try {
      scanFileInto(file, buffer, tally);
    } catch (error) {
      // Deleted meanwhile.
      if (!isMissing(error)) throw error;
    }
  }
}

function scanFileInto(file: UsageFile, buffer: LineBuffer, tally: Tally): void {
  const fd = openSync(file.path, 'r');
  try {
    const sessionId = transcriptPlace(file.relative).sessionId ?? sessionOfLines(file.path);
    if (sessionId === null) return;
    const owner = { sessionId, bornAt: birthOf(fstatSync(fd)) };
    const found: Response[] = [];
    const timeless: UsageSighting[] = [];
    readUsageLines(fd, buffer, (sighting) => {
      if (sighting.at === null) timeless.push(sighting);
      else found.push(responseOf(owner, sighting.at, sighting.use));
    });
    const responses = timeless.length === 0 ? found : readWhole(file, owner);
    for (const response of responses) tally.add(response);
  } finally {
    closeSync(fd);
  }
}

type Owner = { sessionId: string; bornAt: number };

// Written out, as spreading objects hundred thousand times is what would take the time.
function responseOf(owner: Owner, at: number, use: UsageSighting['use']): Response {
  return {
    messageId: use.messageId,
    requestId: use.requestId,
    sessionId: owner.sessionId,
    bornAt: owner.bornAt,
    agentId: null,
    model: use.model,
    at,
    pricedAt: at,
    stopped: use.stopped,
    fast: use.fast,
    webSearches: use.webSearches,
    usage: {
      inputTokens: use.tokens.inputTokens,
      outputTokens: use.tokens.outputTokens,
      cacheWrite5mTokens: use.tokens.cacheWrite5mTokens,
      cacheWrite1hTokens: use.tokens.cacheWrite1hTokens,
      cacheReadTokens: use.tokens.cacheReadTokens,
      messages: 1,
      costMicrodollars: null,
    },
  };
}

// A response without a time has that of the record before it, which only the whole reader knows.
function readWhole(file: UsageFile, owner: Owner): Response[] {
  const responses: Response[] = [];
  const whole = { id: 0, path: file.path, place: transcriptPlace(file.relative) };
  for (const { sightings } of scanFile(whole, null)) {
    for (const { observation } of sightings) {
      if (observation.kind !== 'usage') continue;
      responses.push(responseOf(owner, observation.at, observation.use));
    }
  }
  return responses;
}
