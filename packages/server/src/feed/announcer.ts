import type { Announcements } from '@claude-optimizer/protocol';

export type AnnouncementName = keyof Announcements;
type Listener = <N extends AnnouncementName>(name: N, announcement: Announcements[N]) => void;

/** What isn't a session's event on its way to every page: runs, questions, notices. */
export class Announcer {
  readonly #listeners = new Set<Listener>();

  announce<N extends AnnouncementName>(name: N, announcement: Announcements[N]): void {
    for (const listener of this.#listeners) listener(name, announcement);
  }

  /** Called for each announcement. Returns the unsubscriber. */
  onAnnouncement(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
