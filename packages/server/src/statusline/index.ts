import { platformDataDir } from '../config/data-dir.js';
import { fromStatusLine, keepReportedLimits } from '../limits/reported-limits.js';
import { statusLine } from './line.js';
import { storedFigures } from './stored-figures.js';

/**
 * The line for the client's status-line JSON (`text`; anything else is taken for nothing). Keeps
 * the limits that it tells where the daemon finds them. Never throws: a line is always better.
 */
export async function lineFor(
  text: string,
  options: { dataDir: string | undefined; now: number; colors: boolean },
): Promise<string> {
  const { dataDir = platformDataDir(), now, colors } = options;
  const input = parsed(text);
  try {
    const limits = input !== null && 'rate_limits' in input ? input.rate_limits : null;
    keepReportedLimits(dataDir, fromStatusLine(limits), now);
  } catch {
    // No such folder yet: nobody follows the sessions here.
  }
  return statusLine(input, await storedFigures(dataDir, now), { now, colors });
}

function parsed(text: string): object | null {
  try {
    const input: unknown = JSON.parse(text);
    return typeof input === 'object' ? input : null;
  } catch {
    return null;
  }
}
