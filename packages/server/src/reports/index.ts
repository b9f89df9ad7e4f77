export type { Flags } from '../config/setting.js';
export { firstDay } from './first-day.js';
export { readFolders } from './folders.js';
export { blockReport, sessionReport, toolReport } from './kinds.js';
export { openSource, type ReportSource, type SourceOptions } from './open-source.js';
export { ownTimezone, usageInParts, usageReport, type WholeReport } from './usage-report.js';
