'use client';

import { useCallback, useEffect, useState } from 'react';
import { readView, writeView, type SessionView } from '@/lib/sessions/session-view';

/**
 * The view that the address says, and the way to change it. A choice is a step that the browser's
 * back button takes back; typing isn't.
 */
export function useSessionView(): [
  view: SessionView | null,
  change: (change: Partial<SessionView>, isTyping?: boolean) => void,
] {
  const [view, setView] = useState<SessionView | null>(null);
  useEffect(() => {
    const read = () => setView(readView(window.location.search));
    read();
    window.addEventListener('popstate', read);
    return () => window.removeEventListener('popstate', read);
  }, []);
  const change = useCallback((part: Partial<SessionView>, isTyping = false) => {
    const before = readView(window.location.search);
    const next = { ...before, ...part };
    const address = window.location.pathname + writeView(next);
    const isSame = address === window.location.pathname + window.location.search;
    if (isTyping || isSame) window.history.replaceState(window.history.state, '', address);
    else window.history.pushState(window.history.state, '', address);
    setView(next);
  }, []);
  return [view, change];
}
