export { parseLine, type ParsedLine } from './parse-line.js';
export { textAt, type Fields } from './fields.js';
export { objectiveKey } from './marks.js';
export { readRecord } from './read-record.js';
export { responseUses, usageOfRecord, type PlainUse } from './response-uses.js';
export {
  initialReaderState,
  parseReaderState,
  serializeReaderState,
  type AgentNote,
  type FileRole,
  type ReaderState,
} from './reader-state.js';
export type {
  AgentSaid,
  Observation,
  ObservationOf,
  ObjectiveChange,
  ResponseTokens,
  ResponseUse,
} from './observation.js';
