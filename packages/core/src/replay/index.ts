export { MARK_KINDS, marksOf, stepFrom, type Mark, type MarkKind, type StepKind } from './marks.js';
export { clockAt, comesLate, countAt, playTimes, SPEEDS, type Speed } from './playback.js';
export { Replay } from './replay.js';
