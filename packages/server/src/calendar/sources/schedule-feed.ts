import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PlanStore } from '@claude-optimizer/store';
import type { WriteEntries } from './read-calendars.js';
import type { Secrets } from './secrets.js';

type Options = {
  secrets: Secrets;
  store: Pick<PlanStore, 'entries'>;
  writeEntries: WriteEntries;
};

/** Our own schedule for calendar apps to subscribe to, read only, behind a secret path. */
export class ScheduleFeed {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** `/feed/<token>.ics`, or null when there is none. */
  get path(): string | null {
    const { feedToken } = this.#options.secrets;
    return feedToken === null ? null : `/feed/${feedToken}.ics`;
  }

  /** Opens the feed, or gives it a new path: the old one leads nowhere from then on. */
  open(): string {
    const token = randomBytes(32).toString('base64url');
    this.#options.secrets.setFeedToken(token);
    return `/feed/${token}.ics`;
  }

  shut(): void {
    this.#options.secrets.setFeedToken(null);
  }

  /** The calendar when the token is right, else null. When and what, without objectives or paths. */
  async read(token: string): Promise<string | null> {
    const { secrets, store, writeEntries } = this.#options;
    const expected = secrets.feedToken;
    // Digests have one length, and comparing them tells nothing about the token.
    if (expected === null || !timingSafeEqual(digest(token), digest(expected))) return null;
    return writeEntries(await store.entries(), 'private');
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
