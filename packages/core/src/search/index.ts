export { parseQuery } from './parse-query.js';
export type { Moments } from './moment.js';
export { exclusionExpression, matchExpression, type Phrase, type SearchQuery } from './query.js';
export { searchedTexts, type RecordTexts } from './searched-texts.js';
export { headOf, snippetOf } from './snippet.js';
export { indexable, signBits } from './words.js';
