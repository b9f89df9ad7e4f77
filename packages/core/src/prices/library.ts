import { findProvider, updatePrices, type Provider } from '@pydantic/genai-prices';

export type ListedProvider = Provider;

/** Where the library's own data is kept up to date by its makers. */
export { REMOTE_DATA_JSON_URL as LIBRARY_DATA_URL } from '@pydantic/genai-prices';

const PROVIDER = { providerId: 'anthropic' };
const builtIn = findProvider(PROVIDER);

/** Prices of the library's data instead of those that came with it; null: those again. */
export function setLibrary(provider: ListedProvider | null): void {
  const listed = provider ?? builtIn;
  if (listed === undefined) return;
  updatePrices(({ setProviderData }) => {
    setProviderData([listed]);
  });
}

/** What the library lists of Claude's models now. */
export function listedProvider(): ListedProvider | undefined {
  return findProvider(PROVIDER);
}
