export { DAY_MS, dayNumber, dayText, monthText, weekdayOf, weekText } from './calendar.js';
export { usagePeriods } from './usage-periods.js';
export { rowId, sumKeys, usageRows, type SumKey, type SummedUsage } from './usage-rows.js';
export { checkTimezone, startOfDay, zoneOffset, zonePeriods, type ZonePeriod } from './zone.js';
