import type { Hook, SessionEvent } from '@claude-optimizer/protocol';
import type { Asks } from '../asks/asks.js';
import { PermissionDesk } from '../asks/permission-desk.js';
import type { PersonSettings } from '../config/person-settings.js';
import type { History } from '../history.js';
import type { HookVerdict } from '../hooks/hook-guard.js';
import type { Log } from '../log.js';
import type { Notices } from '../notices/notices.js';
import { BudgetGuard } from './budget-guard.js';
import { HandSettings } from './hand-settings.js';
import { HeardSessions, type HeardSession } from './heard-sessions.js';
import { showsOwnPrompt } from './own-prompt.js';

/** A transcript is there within half a second of the first request. */
const LOOK_MS = 200;
const LOOKS = 10;

type Options = {
  history: Pick<History, 'detail' | 'onEvents'>;
  settings: Pick<PersonSettings, 'read'>;
  asks: Asks;
  notices: Notices;
  isLaunched: (sessionId: string) => boolean;
  home: string;
  now: () => number;
  log: Log;
};

/**
 * Answers the hooks of sessions that the person started by hand: holds their budget, and puts their
 * permissions and questions on the page. All of it from memory.
 */
export class HandGuard {
  readonly #settings: HandSettings;
  readonly #sessions: HeardSessions;
  readonly #budgets: BudgetGuard;
  readonly #desk: PermissionDesk;
  readonly #isLaunched: Options['isLaunched'];
  readonly #unfollow: () => void;
  /** How many pages are open; set once there is a server that knows. */
  pages: () => number = () => 0;

  constructor({ history, settings, asks, notices, isLaunched, home, now, log }: Options) {
    this.#isLaunched = isLaunched;
    this.#settings = new HandSettings({ settings, home, now, log });
    this.#budgets = new BudgetGuard({ settings: this.#settings, notices, isLaunched });
    const onChange = (session: HeardSession) => this.#budgets.watch(session);
    this.#sessions = new HeardSessions({ history, log, onChange });
    this.#desk = new PermissionDesk({ asks, now });
    this.#unfollow = history.onEvents((events: readonly SessionEvent[]) =>
      this.#desk.followEvents(events),
    );
  }

  /** What Claude Code is told besides "go on"; null for nothing. */
  readonly judge = (hook: Hook): HookVerdict | null => {
    if (this.#isLaunched(hook.session_id)) return null;
    const session = this.#sessions.of(hook);
    this.#desk.follow(hook);
    if (hook.hook_event_name === 'PermissionRequest') return this.#ask(hook, session);
    return session === null ? null : this.#budgets.judge(hook, session);
  };

  /** Reads these sessions ahead of their next hook. */
  expect(ids: readonly string[]): void {
    this.#sessions.expect(ids);
  }

  async close(): Promise<void> {
    this.#unfollow();
    await this.#sessions.close();
  }

  // Where the client has no prompt of its own, or waits with it, nobody must wait for an empty page.
  #ask(hook: Hook, session: HeardSession | null): HookVerdict | null {
    const budgets = this.#settings.budgets();
    if (budgets?.answerHere !== true) return null;
    const { session_id: id } = hook;
    if (this.#mayWait(id) === false) return null;
    const project = session?.project ?? hook.cwd ?? null;
    const verdict = this.#desk.ask(hook, { id, project }, budgets.answerTimeoutMs);
    if (verdict?.gone && this.#mayWait(id) === null) this.#waitToKnow(id, verdict.gone);
    return verdict;
  }

  #mayWait(id: string): boolean | null {
    return this.pages() > 0 || showsOwnPrompt(this.#sessions.get(id));
  }

  /** A session's first question may come before its transcript has said which client it is. */
  #waitToKnow(id: string, release: () => void, looks = LOOKS): void {
    const look = setTimeout(() => {
      const may = this.#mayWait(id);
      if (may === false || (may === null && looks <= 1)) release();
      else if (may === null) this.#waitToKnow(id, release, looks - 1);
    }, LOOK_MS);
    look.unref();
  }
}
