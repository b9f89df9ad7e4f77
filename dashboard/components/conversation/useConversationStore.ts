'use client';

import { useEffect, useSyncExternalStore } from 'react';
import type { ConversationStore } from '@/lib/conversation/conversation-store';

/** Lines that tell no event (a thought, a picture) are looked for so often while it goes on. */
const LOOK_MS = 2_000;

type Now = { seq: number; isLive: boolean; until: number | null };

/** Keeps a conversation up to date with its session: with each batch of its events. */
export function useConversationStore(store: ConversationStore, { seq, isLive, until }: Now): void {
  useSyncExternalStore(store.watch, store.version, store.version);
  // Of a moment that has been, nothing changes.
  const heard = until === null ? seq : null;
  useEffect(() => {
    void store.refresh();
  }, [store, heard]);
  useEffect(() => {
    if (!isLive) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void store.refresh();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [store, isLive]);
  useEffect(() => {
    store.showUntil(until);
  }, [store, until]);
}
