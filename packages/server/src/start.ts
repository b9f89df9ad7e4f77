import path from 'node:path';
import type { Archive } from './archive/archive.js';
import { beginArchive, openArchive } from './archive/open-archive.js';
import type { Config } from './config/config.js';
import { makeDataDir, STORE_FILE } from './config/data-dir.js';
import { serve } from './http/serve.js';
import type { Log } from './log.js';
import { openLoop, type Loop } from './loop.js';
import { keepMemorySmall } from './memory.js';
import { Opening } from './opening.js';
import { loadPrices } from './prices/load-prices.js';
import { PriceDesk } from './prices/price-desk.js';
import { beginSearch, openSearch } from './search/open-search.js';
import { openSessions } from './sessions/open-sessions.js';
import { DemoStage } from './stage.js';
import type { FoundFile } from './transcripts/find-transcripts.js';
import { VERSION } from './version.js';

/** `--demo` plays faster than life: a minute shows what there is. */
const DEMO_SPEED = 4;

export type Running = {
  url: string;
  token: string;
  /** Ends everything in reverse order; what has been read is stored. */
  close(): Promise<void>;
};

type Given = {
  /** Epoch ms. */
  now?: () => number;
  /** Transcripts that are being looked for already; null: they couldn't be. */
  found?: Promise<FoundFile[] | null>;
};

/**
 * Composes and starts the whole: store, LogMonitor, demo, REST and socket on one port. Resolves as
 * soon as the page can be opened; indexing goes on behind. Throws OptimizerError.
 */
export async function start(
  config: Config,
  log: Log,
  { now = () => Date.now(), found }: Given = {},
): Promise<Running> {
  keepMemorySmall();
  await makeDataDir(config.dataDir);
  const { problem } = loadPrices(config.dataDir);
  if (problem !== null) log.warn({ problem }, 'the updated prices cannot be used');
  let loop: Loop | null = null;
  let search: ReturnType<typeof openSearch> | null = null;
  const opening = new Opening();
  const sessions = await openSessions({
    storeFile: path.join(config.dataDir, STORE_FILE),
    claudeDirs: config.claudeDirs,
    now,
    version: VERSION,
    log,
    ...(found && { found }),
    pause: opening.over,
    launches: () => loop?.store.launches() ?? Promise.resolve([]),
    searching: () => search?.searching ?? null,
  });
  const prices = new PriceDesk(config.dataDir, sessions);
  if (!(await prices.look())) {
    log.warn(
      'the history has other prices than those of now: see `claude-optimizer prices reprice`',
    );
  }
  let archive: Archive | null = null;
  const stage = new DemoStage(sessions.history, {
    ...{ now, version: VERSION, log },
    transcripts: () => archive?.transcripts ?? null,
  });
  const live = { intake: sessions.intake, requests: sessions.requests, now };
  try {
    loop = await openLoop({ config, sessions, now, log });
    archive = openArchive({ dataDir: config.dataDir, sessions, settings: loop.settings, now, log });
    search = openSearch({ dataDir: config.dataDir, sessions, archive, now, log });
    if (config.demo) await stage.startDemo(DEMO_SPEED);
    const keeping = { archive, deletions: sessions.deletions };
    const serving = await serve({
      ...{ config, stage, live, prices, loop, keeping, opening, log, version: VERSION },
    });
    const begun = sessions.begin().catch((error: unknown) => {
      log.error({ err: error }, 'transcripts cannot be followed');
    });
    const kept = archive;
    const { index } = search;
    const ending = new AbortController();
    const keepingUp = begun
      .then(() =>
        Promise.all([
          sessions.deletions.begin(),
          beginArchive(kept, sessions.transcripts, ending.signal),
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
        loop?.asks.close();
        await serving.close();
        await stage.stopDemo();
        await looping;
        await loop?.close();
        await begun;
        await sessions.close();
        const indexing = search?.index.close();
        await keepingUp;
        await indexing;
        await archive?.close();
      },
    };
  } catch (error) {
    await stage.stopDemo();
    await loop?.close();
    await sessions.close();
    await search?.index.close();
    await archive?.close();
    throw error;
  }
}
