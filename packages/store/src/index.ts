export { openSqliteStore } from './sqlite/open.js';
export {
  responseId,
  type Checkpoint,
  type Commit,
  type EventSource,
  type LedgerRow,
  type ResponseKey,
  type SessionChange,
  type Store,
  type StoredSession,
  type ToolCall,
  type UsageKey,
  type UsageQuery,
  type UsageSum,
} from './store.js';
