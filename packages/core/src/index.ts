export { decide, tokensEvent, type LedgerEntry } from './decide/decide.js';
export * from './fold/index.js';
export { modelTerms, priceResponse, type ModelTerms } from './prices/price-list.js';
export * from './transcript/index.js';
