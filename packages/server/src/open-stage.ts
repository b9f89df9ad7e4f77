import path from 'node:path';
import type { Archive } from './archive/archive.js';
import type { Config } from './config/config.js';
import { STORE_FILE } from './config/data-dir.js';
import type { Log } from './log.js';
import type { Loop } from './loop.js';
import type { Opening } from './opening.js';
import { loadPrices } from './prices/load-prices.js';
import { PriceDesk } from './prices/price-desk.js';
import type { Searching } from './search/searching.js';
import { openSessions, type Sessions } from './sessions/open-sessions.js';
import { DemoStage } from './stage.js';
import type { FoundFile } from './transcripts/find-transcripts.js';
import { VERSION } from './version.js';

/** `--demo` plays faster than life: a minute shows what there is. */
const DEMO_SPEED = 4;

export type OpenedStage = {
  stage: DemoStage;
  sessions: Sessions;
  prices: PriceDesk;
  /** What the stage asks of services that are opened after it. */
  later: { loop: Loop | null; searching: Searching | null; archive: Archive | null };
  /** Resolves once all transcripts were found and what was written today is being read. */
  begun: Promise<void>;
  close(): Promise<void>;
};

type Options = {
  config: Config;
  now: () => number;
  log: Log;
  opening: Pick<Opening, 'over'>;
  found?: Promise<FoundFile[] | null>;
};

/** Opens the store and begins to read into it: all that the first page needs. */
export async function openStage(options: Options): Promise<OpenedStage> {
  const { config, now, log, opening, found } = options;
  const { problem } = loadPrices(config.dataDir);
  if (problem !== null) log.warn({ problem }, 'the updated prices cannot be used');
  const later: OpenedStage['later'] = { loop: null, searching: null, archive: null };
  const sessions = await openSessions({
    storeFile: path.join(config.dataDir, STORE_FILE),
    claudeDirs: config.claudeDirs,
    now,
    version: VERSION,
    log,
    ...(found && { found }),
    pause: opening.over,
    launches: () => later.loop?.store.launches() ?? Promise.resolve([]),
    searching: () => later.searching,
  });
  const stage = new DemoStage(sessions.history, {
    ...{ now, version: VERSION, log },
    transcripts: () => later.archive?.transcripts ?? null,
  });
  const close = async () => {
    await stage.stopDemo();
    await sessions.close();
  };
  try {
    const prices = new PriceDesk(config.dataDir, sessions);
    if (!(await prices.look())) {
      log.warn(
        'the history has other prices than those of now: see `claude-optimizer prices reprice`',
      );
    }
    if (config.demo) await stage.startDemo(DEMO_SPEED);
    const begun = sessions.begin().catch((error: unknown) => {
      log.error({ err: error }, 'transcripts cannot be followed');
    });
    return { stage, sessions, prices, later, begun, close };
  } catch (error) {
    await close();
    throw error;
  }
}
