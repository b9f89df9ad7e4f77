'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { getWholeSession } from '@/lib/feed/hooks';
import { NO_EVENTS, type SessionEvents } from '@/lib/feed/whole-session';

/**
 * All of a session's events in order, live; the list is another one whenever events were added.
 * They are asked for with the first use: a session may have many thousands.
 */
export function useSessionEvents(id: string): SessionEvents & { reload: () => void } {
  const whole = useMemo(() => (typeof window === 'undefined' ? null : getWholeSession(id)), [id]);
  const load = useSyncExternalStore(
    whole?.watch ?? neverChanges,
    () => whole?.load ?? NO_EVENTS,
    () => NO_EVENTS,
  );
  return { ...load, reload: () => void whole?.reload() };
}

const neverChanges = () => () => undefined;
