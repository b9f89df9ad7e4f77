export { BLOCK_MS, blockStarts, usageBlocks, type UsageBlock } from '../limits/blocks.js';
export {
  LIMIT_RULE,
  limitWindows,
  type ReportedLimit,
  type ReportedLimits,
  type ToldLimits,
} from '../limits/windows.js';
export { DAY_MS, dayNumber, dayText, monthText, weekdayOf, weekText } from './calendar.js';
export { usagePeriods } from './usage-periods.js';
export { rowId, sumKeys, usageRows, type SumKey } from './usage-rows.js';
export { NO_SUM, TotalUsage, type SummedUsage } from './usage-sum.js';
export {
  checkTimezone,
  startOfDay,
  zoneOffset,
  zonePeriods,
  type Zone,
  type ZonePeriod,
} from './zone.js';
