export { curveOf, COMPARE_CLOCKS, type CompareClock, type CurvePoint } from './curve.js';
export {
  differenceOf,
  measuresOf,
  MEASURES,
  type Difference,
  type MeasureKey,
  type MeasureKind,
  type Measured,
  type Verdict,
} from './measures.js';
export {
  filesSideBySide,
  objectivesSideBySide,
  sideBySide,
  type SideBySide,
} from './side-by-side.js';
export { tellDifference, type Words } from './tell-difference.js';
