export { csvRecord, decimalDollars, type CsvField } from './csv.js';
export {
  cacheHitRate,
  isCounted,
  responseTable,
  sessionTable,
  toolCallTable,
  type Table,
} from './csv-rows.js';
export {
  modelBars,
  bars,
  timeChart,
  TOKEN_WORDS,
  tokenKinds,
  toolBars,
  type Bar,
  type TimeChart,
  type TokenKind,
} from './charts.js';
export { CostRounding, exportedHead, iso, type ExportMaterial } from './document.js';
export { exportedPassage, type ExportedPassage } from './exported-passage.js';
export {
  entryWords,
  factsOf,
  figuresOf,
  redactionNote,
  shownDuration,
  shownObjectives,
  shownTime,
  titleOf,
  type Figure,
} from './figures.js';
export {
  escapeHtml,
  HTML_ARTICLE_END,
  HTML_END,
  htmlConversation,
  htmlEntry,
  htmlHead,
  htmlStart,
  htmlTimeline,
} from './html.js';
export { markdownEntry, markdownHead, markdownTitle } from './markdown.js';
export { Redactor } from './redactor.js';
export { timelineEntry } from './timeline.js';
