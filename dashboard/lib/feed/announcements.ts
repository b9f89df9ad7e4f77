import type { Announcements } from '@claude-optimizer/protocol';

export const announcementNames = ['run', 'asks', 'notice', 'partial', 'schedule'] as const;

/** What comes over the socket beside the sessions' events, not yet checked. */
export type Announced = { name: keyof Announcements | 'connected'; content: unknown };
type Listener = (announced: Announced) => void;

const listeners = new Set<Listener>();

/** Hands on what has come; `connected`: what was known may be old by now. */
export function announce(announced: Announced): void {
  for (const listener of listeners) listener(announced);
}

/** Called with everything that is announced. Returns the unsubscriber. */
export function onAnnouncement(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
