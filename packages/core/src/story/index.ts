export { timeAxis, type Axis } from './axis.js';
export type { ToolCall } from './calls.js';
export {
  broughtByTool,
  contextSteps,
  type Brought,
  type ContextStep,
  type Origin,
} from './context-steps.js';
export {
  cacheHitOf,
  costByTool,
  costByTurn,
  type Purpose,
  type PurposeCost,
  type TurnCost,
} from './cost-rows.js';
export { fileStories, type FileStory } from './file-story.js';
export {
  FINDING_RULES,
  type About,
  type Evidence,
  type Finding,
  type FindingKind,
} from './finding.js';
export { findings } from './findings.js';
export { readMarks, type Mark } from './marks.js';
export type { Response, ResponsePart } from './responses.js';
export { readStory, type Story } from './story.js';
export type { Thread } from './threads.js';
export { layOut, type Bar, type Timeline } from './timeline.js';
export { turnAt, type Turn } from './turns.js';
export { readWaits, standstills, type Wait } from './waits.js';
