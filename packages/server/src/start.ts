import { setImmediate as nextTick } from 'node:timers/promises';
import type { Config } from './config/config.js';
import { makeDataDir } from './config/data-dir.js';
import type { Stage } from './history.js';
import { openFrontDoor } from './http/front-door.js';
import { inTime } from './in-time.js';
import type { Log } from './log.js';
import { keepMemorySmall } from './memory.js';
import { Opening } from './opening.js';
import type { Running } from './start-services.js';
import type { FoundFile } from './transcripts/find-transcripts.js';

export type { Running } from './start-services.js';

/** So long what answers everything else waits for what was written today. */
const FIRST_MS = 400;

type Given = {
  /** Epoch ms. */
  now?: () => number;
  /** Transcripts that are being looked for already; null: they couldn't be. */
  found?: Promise<FoundFile[] | null>;
};

/**
 * Composes and starts the whole, in the order in which a person waits for it: the port, on which
 * the first page is begun; the store and what was written today; what answers everything else.
 * Resolves when all can be asked for; indexing goes on behind. Throws OptimizerError.
 */
export async function start(
  config: Config,
  log: Log,
  { now = () => Date.now(), found }: Given = {},
): Promise<Running> {
  keepMemorySmall();
  await makeDataDir(config.dataDir);
  const opening = new Opening();
  let show: (stage: Stage) => void = () => undefined;
  const door = await openFrontDoor({
    ...{ config, log },
    stage: new Promise<Stage>((resolve) => (show = resolve)),
    onPage: () => opening.begin(),
  });
  opening.expect();
  try {
    // Loading takes this thread: who has come meanwhile is let in before it goes on.
    await nextTick();
    const { openStage } = await import('./open-stage.js');
    await nextTick();
    const opened = await openStage({ config, log, now, opening, ...(found && { found }) });
    try {
      show(opened.stage);
      await inTime(opened.sessions.history.firstRead(), FIRST_MS);
      await nextTick();
      const { startServices } = await import('./start-services.js');
      await nextTick();
      return await startServices({ config, log, now, opening, door, opened });
    } catch (error) {
      await opened.close();
      throw error;
    }
  } catch (error) {
    opening.end();
    await door.close();
    throw error;
  }
}
