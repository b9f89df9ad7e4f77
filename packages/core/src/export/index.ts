export { csvRecord, decimalDollars, type CsvField } from './csv.js';
export {
  cacheHitRate,
  isCounted,
  responseTable,
  sessionTable,
  toolCallTable,
  type Table,
} from './csv-rows.js';
export { CostRounding, exportedHead, iso, type ExportMaterial } from './document.js';
export { Redactor } from './redactor.js';
export { timelineEntry } from './timeline.js';
