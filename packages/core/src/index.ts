export { decide, tokensEvent, type LedgerEntry } from './decide/decide.js';
export * from './fold/index.js';
export { decideHeard } from './hooks/decide-heard.js';
export { readHook } from './hooks/read-hook.js';
export type { Heard } from './hooks/heard.js';
export {
  givenPrices,
  modelTerms,
  pricedModels,
  priceResponse,
  priceTable,
  setListedPrices,
  setPriceOverrides,
  type GivenPrices,
  type ModelTerms,
  type PriceSource,
} from './prices/price-list.js';
export { MEASURED } from './prices/additions.js';
export { LIBRARY_DATA_URL, type ListedProvider } from './prices/library.js';
export { compareModel, type CountedModel, type ModelDifference } from './prices/compare-model.js';
export type { Rates, TieredRates } from './prices/rates.js';
export * from './transcript/index.js';
