import { findProvider, updatePrices, type Provider } from '@pydantic/genai-prices';

export type ListedProvider = Provider;

/** Where the library's own data is kept up to date by its makers. */
export { REMOTE_DATA_JSON_URL as LIBRARY_DATA_URL } from '@pydantic/genai-prices';

const PROVIDER = { providerId: 'anthropic' };
const builtIn = findProvider(PROVIDER);

/**
 * Prices of the library's data instead of those that came with it; null: those again. A model that
 * newer data don't list any more keeps the price that came with us: it is retired, not unknown.
 */
export function setLibrary(provider: ListedProvider | null): void {
  const listed = provider === null ? builtIn : withRetired(provider);
  if (listed === undefined) return;
  updatePrices(({ setProviderData }) => {
    setProviderData([listed]);
  });
}

function withRetired(provider: ListedProvider): ListedProvider {
  const ids = new Set(provider.models.map(({ id }) => id));
  const retired = builtIn?.models.filter(({ id }) => !ids.has(id)) ?? [];
  return { ...provider, models: [...provider.models, ...retired] };
}

/** What the library lists of Claude's models now. */
export function listedProvider(): ListedProvider | undefined {
  return findProvider(PROVIDER);
}
