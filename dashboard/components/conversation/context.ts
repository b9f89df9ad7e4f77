'use client';

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Located } from '@claude-optimizer/protocol';
import type { ConversationStore } from '@/lib/conversation/conversation-store';

/** What the parts of a conversation need of the whole. */
export type Shown = {
  store: ConversationStore;
  /** Goes to a passage, whichever thread it is in. */
  goTo: (at: Located) => void;
  showRaw: (at: Located) => void;
};

export const ConversationContext = createContext<Shown | null>(null);

/** The conversation that this is a part of. */
export function useConversation(): Shown {
  const shown = useContext(ConversationContext);
  if (!shown) throw new Error('outside of a conversation');
  return shown;
}

/** A value of the conversation that renders again when it is another one. */
export function useShown<T>(select: (store: ConversationStore) => T): T {
  const { store } = useConversation();
  const value = () => select(store);
  return useSyncExternalStore(store.watch, value, value);
}
