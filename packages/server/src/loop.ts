import { homedir } from 'node:os';
import path from 'node:path';
import { buildPrompt } from '@claude-optimizer/core/run';
import type { Order, SettingsAnswer } from '@claude-optimizer/protocol';
import { openPlanStore, type PlanStore } from '@claude-optimizer/store';
import { Asks } from './asks/asks.js';
import { tellOfAsk } from './asks/notice-of-ask.js';
import { HandGuard } from './budgets/hand-guard.js';
import { LaunchedSessions } from './budgets/launched-sessions.js';
import { openCalendar, type Calendar } from './calendar/open-calendar.js';
import type { Config } from './config/config.js';
import { PLANS_FILE } from './config/data-dir.js';
import { PersonSettings } from './config/person-settings.js';
import { Announcer } from './feed/announcer.js';
import { findClient } from './launcher/find-client.js';
import { lowered, RunService } from './launcher/run-service.js';
import { SessionLauncher } from './launcher/session-launcher.js';
import type { Log } from './log.js';
import { desktopNotifier } from './notices/desktop.js';
import { Notices } from './notices/notices.js';
import { Projects } from './projects/projects.js';
import type { Sessions } from './sessions/open-sessions.js';

/** Plans, runs and questions to the person: what makes sessions happen, besides watching them. */
export type Loop = {
  settings: PersonSettings;
  announcer: Announcer;
  asks: Asks;
  notices: Notices;
  /** Judges the hooks of sessions that the person started by hand. */
  guard: HandGuard;
  projects: Projects;
  runs: RunService;
  schedule: Calendar['schedule'];
  calendars: Calendar['calendars'];
  logins: Calendar['logins'];
  scheduleFeed: Calendar['scheduleFeed'];
  /** The client that would be started, and its version; null where there is none. */
  findClient: () => Promise<SettingsAnswer['claude']>;
  store: PlanStore;
  /** Takes up what was left and begins; resolves when it has. */
  begin(): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  config: Pick<Config, 'dataDir' | 'claudeDirs' | 'autoStart'>;
  sessions: Sessions;
  now: () => number;
  log: Log;
};

/** Composes launcher, calendar, budgets and questions. Throws as `openPlanStore` does. */
export async function openLoop({ config, sessions, now, log }: Options): Promise<Loop> {
  const store = await openPlanStore(path.join(config.dataDir, PLANS_FILE));
  const settings = new PersonSettings(config.dataDir);
  const announcer = new Announcer();
  const desktop = desktopNotifier({ log, now });
  const notices = new Notices({ announcer, settings, now, log, desktop });
  const asks: Asks = new Asks({
    announcer,
    now,
    onOpen: (ask) => tellOfAsk(ask, asks, notices),
  });
  const launched = new LaunchedSessions(announcer);
  const { history } = sessions;
  const { has: isLaunched } = launched;
  const home = homedir();
  const guard = new HandGuard({
    ...{ history, settings, asks, notices, isLaunched, home, now, log },
  });
  const projects = new Projects(settings, home);
  const { dataDir, claudeDirs } = config;
  const launcher = new SessionLauncher({
    ...{ store, settings, announcer, asks, notices, history, dataDir, now, log },
    plan: (id, objectives, plannedAt) => history.plan(id, objectives, plannedAt),
    configDir: configDirOf(claudeDirs, home),
  });
  const folderOf = (order: Order) => projects.folderOf(order);
  const calendar = openCalendar({
    ...{ dataDir, store, settings, folderOf, now, log, autoStart: config.autoStart },
    launches: {
      active: () => launcher.active(),
      launch: (request) => {
        const limits = lowered(request.limits, settings.read().launcher.limits);
        return launcher.launch({ ...request, limits });
      },
    },
    promptOf: (order) => buildPrompt(settings.read().launcher.template, order),
    tell: (notice) => notices.tell(notice),
    onRun: (run) => announcer.announce('run', run),
    onSchedule: () => announcer.announce('schedule', { at: now() }),
  });
  return {
    settings,
    announcer,
    asks,
    notices,
    guard,
    projects,
    schedule: calendar.schedule,
    calendars: calendar.calendars,
    logins: calendar.logins,
    scheduleFeed: calendar.scheduleFeed,
    runs: new RunService({ store, launcher, settings, folderOf, dataDir }),
    findClient: () => findClient(settings.read().launcher.claudePath),
    store,
    begin: async () => {
      for (const run of await store.activeRuns()) launched.take(run);
      await launcher.begin();
      await calendar.begin();
      const { active } = await history.snapshot();
      guard.expect(active.map(({ id }) => id));
    },
    close: async () => {
      await calendar.close();
      await launcher.close();
      asks.close();
      launched.close();
      await guard.close();
      await store.close();
    },
  };
}

/** Where clients that we start are to keep their transcripts: null where that is their default. */
function configDirOf(claudeDirs: readonly string[], home: string): string | null {
  return claudeDirs.includes(path.join(home, '.claude')) ? null : (claudeDirs[0] ?? null);
}
