import path from 'node:path';
import { openPlanStore, type PlanStore } from '@claude-optimizer/store';
import type { Config } from './config/config.js';
import { PersonSettings } from './config/person-settings.js';
import { Announcer } from './feed/announcer.js';
import type { Log } from './log.js';
import type { Sessions } from './sessions/open-sessions.js';

/** In the data folder: plans and runs, which can't be read again from any transcript. */
const PLANS_FILE = 'plans.db';

/** Plans, runs and questions to the person: what makes sessions happen, besides watching them. */
export type Loop = {
  settings: PersonSettings;
  announcer: Announcer;
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
export async function openLoop({ config }: Options): Promise<Loop> {
  const store = await openPlanStore(path.join(config.dataDir, PLANS_FILE));
  return {
    settings: new PersonSettings(config.dataDir),
    announcer: new Announcer(),
    store,
    begin: () => Promise.resolve(),
    close: () => store.close(),
  };
}
