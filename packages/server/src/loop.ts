import path from 'node:path';
import { openPlanStore, type PlanStore } from '@claude-optimizer/store';
import { Asks } from './asks/asks.js';
import { noticeOfAsk } from './asks/notice-of-ask.js';
import type { Config } from './config/config.js';
import { PersonSettings } from './config/person-settings.js';
import { Announcer } from './feed/announcer.js';
import type { Log } from './log.js';
import { desktopNotifier } from './notices/desktop.js';
import { Notices } from './notices/notices.js';
import type { Sessions } from './sessions/open-sessions.js';

/** In the data folder: plans and runs, which can't be read again from any transcript. */
const PLANS_FILE = 'plans.db';

/** Plans, runs and questions to the person: what makes sessions happen, besides watching them. */
export type Loop = {
  settings: PersonSettings;
  announcer: Announcer;
  asks: Asks;
  notices: Notices;
  store: PlanStore;
  /** Takes up what was left and begins; resolves when it has. */
  begin(): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  config: Pick<Config, 'dataDir' | 'claudeDirs'>;
  sessions: Sessions;
  now: () => number;
  log: Log;
};

/** Composes launcher, calendar, budgets and questions. Throws as `openPlanStore` does. */
export async function openLoop({ config, now, log }: Options): Promise<Loop> {
  const store = await openPlanStore(path.join(config.dataDir, PLANS_FILE));
  const settings = new PersonSettings(config.dataDir);
  const announcer = new Announcer();
  const desktop = desktopNotifier({ log, now });
  const notices = new Notices({ announcer, settings, now, log, desktop });
  const asks = new Asks({ announcer, now, onOpen: (ask) => notices.tell(noticeOfAsk(ask)) });
  return {
    settings,
    announcer,
    asks,
    notices,
    store,
    begin: () => Promise.resolve(),
    close: async () => {
      asks.close();
      await store.close();
    },
  };
}
