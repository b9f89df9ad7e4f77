'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { getSessionFeed } from '@/lib/feed/hooks';
import { LOADING, type SessionLoad } from '@/lib/feed/session-feed';

/**
 * A session in full, live: `detail` is replaced at most once a frame, and its parts keep their
 * identity until an event touches them, so that memoised components stay still. `reload` asks
 * the server again.
 */
export function useSession(id: string): SessionLoad & { reload: () => void } {
  const feed = useMemo(() => (typeof window === 'undefined' ? null : getSessionFeed(id)), [id]);
  const load = useSyncExternalStore(
    feed?.watch ?? neverChanges,
    () => feed?.load ?? LOADING,
    () => LOADING,
  );
  return { ...load, reload: () => void feed?.reload() };
}

const neverChanges = () => () => undefined;
