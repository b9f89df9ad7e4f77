'use client';

import { useSearchParams } from 'next/navigation';

export type AddressQuery = Pick<URLSearchParams, 'get' | 'toString'>;
/** `push` where going back should undo it, `replace` for what changes by the way. */
type How = 'push' | 'replace';

/**
 * The query of the address, and how to change parts of it; null removes one. Renders again with
 * each change of it, whoever made it. Its place needs a Suspense around it.
 */
export function useAddressQuery(): [
  AddressQuery,
  (changes: Readonly<Record<string, string | null>>, how?: How) => void,
] {
  return [useSearchParams(), changeAddressQuery];
}

/** Changes parts of the address's query; null removes one. */
export function changeAddressQuery(
  changes: Readonly<Record<string, string | null>>,
  how: How = 'push',
): void {
  const query = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  const { pathname, search, hash } = window.location;
  const next = text === '' ? '' : `?${text}`;
  if (next === search) return;
  // Next's router hears of both.
  if (how === 'push') window.history.pushState(null, '', pathname + next);
  else window.history.replaceState(null, '', pathname + next + hash);
}
