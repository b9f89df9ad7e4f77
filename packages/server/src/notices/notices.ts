import { randomUUID } from 'node:crypto';
import type { Notice } from '@claude-optimizer/protocol';
import type { Announcer } from '../feed/announcer.js';
import type { PersonSettings } from '../config/person-settings.js';
import type { Log } from '../log.js';
import { oneLine } from './one-line.js';

const KEPT = 50;
const TITLE_LENGTH = 120;
const TEXT_LENGTH = 400;

type Options = {
  announcer: Announcer;
  settings: Pick<PersonSettings, 'read'>;
  now: () => number;
  log: Log;
  /** Shows it outside of the page; must not throw. */
  desktop: (notice: Notice) => void;
};

/** What the person should hear of at once: on every page, and on the desktop when they want it. */
export class Notices {
  readonly #options: Options;
  #newest: Notice[] = [];

  constructor(options: Options) {
    this.#options = options;
  }

  /** Tells it everywhere; title and text become one short line each. Never throws. */
  tell(told: Omit<Notice, 'id' | 'at'>): void {
    const { announcer, now, log, desktop } = this.#options;
    try {
      const [title, text] = [oneLine(told.title, TITLE_LENGTH), oneLine(told.text, TEXT_LENGTH)];
      const notice = { ...told, title, text, id: randomUUID(), at: now() };
      this.#newest = [notice, ...this.#newest].slice(0, KEPT);
      announcer.announce('notice', notice);
      if (this.#onDesktop()) desktop(notice);
    } catch (error) {
      log.error({ err: error }, 'a notice could not be told');
    }
  }

  /** The newest 50, newest first. */
  newest(): Notice[] {
    return this.#newest;
  }

  #onDesktop(): boolean {
    try {
      return this.#options.settings.read().notifications.desktop;
    } catch {
      // A broken settings file is told of where settings are read to be used.
      return false;
    }
  }
}
