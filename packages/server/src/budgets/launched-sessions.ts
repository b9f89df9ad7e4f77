import { runEnds, type Run } from '@claude-optimizer/protocol';
import type { Announcer } from '../feed/announcer.js';

/** The sessions of runs that we started and that haven't ended, by what is announced of runs. */
export class LaunchedSessions {
  readonly #running = new Set<string>();
  readonly #unfollow: () => void;

  constructor(announcer: Announcer) {
    this.#unfollow = announcer.onAnnouncement((name, announcement) => {
      if (name === 'run') this.take(announcement as Run);
    });
  }

  /** Takes a run as it is now. */
  take({ sessionId, state }: Run): void {
    if (sessionId === null) return;
    // Once it has ended, a person who resumes it has started it by hand.
    if (runEnds.some((end) => end === state)) this.#running.delete(sessionId);
    else this.#running.add(sessionId);
  }

  readonly has = (sessionId: string): boolean => this.#running.has(sessionId);

  close(): void {
    this.#unfollow();
  }
}
