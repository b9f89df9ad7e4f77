export { openSqliteStore } from './sqlite/open.js';
export {
  responseId,
  type Checkpoint,
  type FileMark,
  type ClientRequest,
  type Commit,
  type ComparedRequest,
  type DeletedSession,
  type EventSource,
  type LedgerRow,
  type ModelRepriced,
  type PlacedLoad,
  type PriceChange,
  type ResponseKey,
  type SessionChange,
  type SessionHead,
  type Store,
  type StoredSession,
  type ToolCall,
} from './store.js';
export type { ExportReads, SessionSelection } from './export-reads.js';
export type { ToolSum, ToolSumQuery, UsageKey, UsageQuery, UsageSum } from './usage-query.js';
export type { ListScope } from './session-scope.js';
export type { Approval, CalendarFetch, PlanStore, StoredPlan } from './plans/plan-store.js';
export { openPlanStore } from './plans/open.js';
export type {
  ArchiveIndex,
  KeptFile,
  KeptSums,
  Member as ArchiveMember,
  Part as ArchivePart,
} from './archive/archive-index.js';
export { openArchiveIndex, openArchiveReader } from './archive/open.js';
export type {
  IndexedFile,
  IndexedRecord,
  IndexedText,
  SearchedTexts,
  SearchWriter,
} from './search/search-writer.js';
export type {
  FoundRecord,
  FoundSession,
  RecordPlace,
  SearchReader,
} from './search/search-reader.js';
export { openSearchReader, openSearchWriter } from './search/open.js';
