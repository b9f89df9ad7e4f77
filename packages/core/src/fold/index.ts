export { detailAt, detailBefore, foldDetail } from './detail.js';
export { emptyState, foldOn, foldSession } from './state.js';
export {
  STATUS_RULES,
  sessionNeed,
  sessionStatus,
  statusValidUntil,
  type SessionNeed,
} from './status.js';
export { emptySummary, foldSummary, RATE_MINUTES, settleStatus } from './summary.js';
