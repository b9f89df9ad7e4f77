export { openSqliteReader, type FileRead, type StoreReader } from './sqlite/open-reader.js';
export { openSqliteStore } from './sqlite/open.js';
export {
  responseId,
  type Checkpoint,
  type Commit,
  type EventSource,
  type LedgerRow,
  type ResponseKey,
  type SessionChange,
  type SessionHead,
  type Store,
  type StoredSession,
  type ToolCall,
  type ToolSum,
  type ToolSumQuery,
  type UsageKey,
  type UsageQuery,
  type UsageSum,
} from './store.js';
