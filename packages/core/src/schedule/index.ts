export {
  isZone,
  momentOf,
  occurrences,
  wallTime,
  type Occurrence,
  type Recurrence,
} from './occurrences.js';
export { firstFit, freeStretches, type Stretch, type WorkingHours } from './free-slots.js';
export { predictDuration, propose, type Proposal, type Wanted } from './propose.js';
