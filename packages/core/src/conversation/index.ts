export { beginningOf } from './beginning.js';
export { EXPORT_BOUNDS, PAGE_BOUNDS, WHOLE_BOUNDS, type Bounds } from './bounds.js';
export {
  emptyOutline,
  MAIN,
  outlineLine,
  type FileOutline,
  type Outlined,
  type OutlinedThread,
  type Place,
} from './outline.js';
export type { Enclosed, Part, ResultPart } from './part.js';
export { textsOfPart } from './part-texts.js';
export { LONGEST_SHOWN, partAt, passageOf } from './passage.js';
export { abandonedBranches } from './record-tree.js';
