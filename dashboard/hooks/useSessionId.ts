'use client';

import { usePathname } from 'next/navigation';
import { useSyncExternalStore } from 'react';
import { sessionIdOf } from '@/lib/session-path';

/** The id in the address; null while the static file (made for no session) is shown. */
export function useSessionId(): string | null {
  // Renders again with each navigation; the address itself knows best, also after a rewrite.
  usePathname();
  return useSyncExternalStore(
    watchHistory,
    () => sessionIdOf(window.location.pathname),
    () => null,
  );
}

function watchHistory(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  return () => window.removeEventListener('popstate', listener);
}
