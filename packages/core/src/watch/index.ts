export { findCopies } from './find-copies.js';
export {
  hindranceTo,
  judgePlan,
  nextMoment,
  type PlanView,
  type Verdict,
  type WatchRules,
} from './judge-plan.js';
