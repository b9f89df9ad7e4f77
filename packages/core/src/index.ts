export { decide, tokensEvent, type LedgerEntry } from './decide/decide.js';
export * from './fold/index.js';
export { decideHeard } from './hooks/decide-heard.js';
export { readHook } from './hooks/read-hook.js';
export type { Heard } from './hooks/heard.js';
export {
  modelTerms,
  pricedModels,
  priceResponse,
  setPriceOverrides,
  type ModelTerms,
  type PriceSource,
} from './prices/price-list.js';
export type { Rates } from './prices/rates.js';
export * from './transcript/index.js';
