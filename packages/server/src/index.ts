export {
  pauseCalendar,
  readSchedule,
  type ReadSchedule,
} from './calendar/schedule/read-schedule.js';
export {
  archiveStatusHere,
  keptSessions,
  pruneHere,
  type KeptSession,
} from './archive/archive-here.js';
export { restoreTranscripts, type Restored } from './archive/restore.js';
export { readBudgets, setBudget, type BudgetTarget } from './budgets/manage-budgets.js';
export { logInToGoogle } from './calendar/sources/google-login.js';
export type { Sources } from './calendar/sources/open-sources.js';
export { exportSchedule, withSources } from './calendar/sources/sources-here.js';
export {
  entryBodyOf,
  proposeSessions,
  sessionsOfPlan,
  type ProposedSession,
} from './calendar/schedule/propose-sessions.js';
export { addToCalendar, planSessions, writeSessions } from './calendar/schedule/write-sessions.js';
export type { Config } from './config/config.js';
export { PersonSettings } from './config/person-settings.js';
export { platformDataDir, STORE_FILE } from './config/data-dir.js';
export { readConfig } from './config/read-config.js';
export type { Flags } from './config/setting.js';
export { claimDaemon, type Claim } from './daemon/claim-daemon.js';
export { findDaemon } from './daemon/find-daemon.js';
export { inspect } from './doctor/inspect.js';
export type { DoctorReport } from './doctor/report.js';
export { nextFreePort } from './http/free-port.js';
export {
  hooksReport,
  installHooks,
  uninstallHooks,
  type HooksReport,
} from './hooks/manage-hooks.js';
export type { SettingsChange } from './client-settings/settings-file.js';
export { createLog, type Log } from './log.js';
export {
  listPrices,
  previewPrices,
  priceHistory,
  repriceHere,
  resetPrices,
  updatePrices,
  type PricedModel,
} from './prices/manage-prices.js';
export type { OnRepriced, Repricing } from './prices/reprice.js';
export { listSessionsHere } from './sessions/sessions-here.js';
export { Projects } from './projects/projects.js';
export { start, type Running } from './start.js';
export { installStatusLine, uninstallStatusLine } from './statusline/manage-status-line.js';
export { scanUsage, type UsageScan } from './usage-scan/scan-usage.js';
export { VERSION } from './version.js';
