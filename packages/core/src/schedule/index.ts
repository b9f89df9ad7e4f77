export {
  isZone,
  momentOf,
  occurrences,
  wallTime,
  type Occurrence,
  type Recurrence,
} from './occurrences.js';
