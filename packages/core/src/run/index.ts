export { judgeEnding, type ClientEnd, type ClientResult, type Ending } from './ending.js';
export type { LaunchRequest } from './launch-request.js';
export { hasEnded, moveRun } from './move-run.js';
export { newRun } from './new-run.js';
export { completedOf, plannedObjective } from './planned-objectives.js';
export { buildPrompt, DEFAULT_TEMPLATE, shownObjectives } from './prompt.js';
export { runName } from './run-name.js';
export { StreamReader, type Sight, type StreamUse } from './stream.js';
