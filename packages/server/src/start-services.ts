import { beginArchive, openArchive } from './archive/open-archive.js';
import type { Config } from './config/config.js';
import type { FrontDoor } from './http/front-door.js';
import { serve } from './http/serve.js';
import type { Log } from './log.js';
import { openLoop } from './loop.js';
import type { OpenedStage } from './open-stage.js';
import type { Opening } from './opening.js';
import { beginSearch, openSearch } from './search/open-search.js';
import { VERSION } from './version.js';

export type Running = {
  url: string;
  token: string;
  /** Ends everything in reverse order; what has been read is stored. */
  close(): Promise<void>;
};

type Options = {
  config: Config;
  now: () => number;
  log: Log;
  opening: Opening;
  door: FrontDoor;
  opened: OpenedStage;
};

/** Opens what stands around the stage (loop, archive, search) and serves all of it at the door. */
export async function startServices(options: Options): Promise<Running> {
  const { config, now, log, opening, door, opened } = options;
  const { stage, sessions, prices, later, begun } = opened;
  const { dataDir } = config;
  const live = { intake: sessions.intake, requests: sessions.requests, now };
  const loop = await openLoop({ config, sessions, now, log });
  later.loop = loop;
  try {
    const archive = openArchive({ dataDir, sessions, settings: loop.settings, now, log });
    later.archive = archive;
    const { index, searching } = openSearch({ dataDir, sessions, archive, now, log });
    later.searching = searching;
    const keeping = { archive, deletions: sessions.deletions };
    const serving = serve({
      ...{ config, door, stage, live, prices, loop, keeping, opening, log, version: VERSION },
    });
    const ending = new AbortController();
    const keepingUp = begun
      .then(() =>
        Promise.all([
          sessions.deletions.begin(),
          beginArchive(archive, sessions.transcripts, ending.signal),
          beginSearch(index, sessions.transcripts, ending.signal),
        ]),
      )
      .catch((error: unknown) => {
        log.error({ err: error }, 'transcripts cannot be kept');
      });
    const looping = loop.begin().catch((error: unknown) => {
      log.error({ err: error }, 'plans cannot be followed');
    });
    return {
      url: serving.url,
      token: serving.token,
      close: async () => {
        ending.abort();
        opening.end();
        // Whoever waits for an answer is let go before the connections are cut.
        loop.asks.close();
        await serving.close();
        await stage.stopDemo();
        await looping;
        await loop.close();
        await begun;
        await sessions.close();
        const indexing = index.close();
        await keepingUp;
        await indexing;
        await archive.close();
      },
    };
  } catch (error) {
    later.loop = null;
    await loop.close();
    throw error;
  }
}
