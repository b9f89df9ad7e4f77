import {
  hookSchema,
  NO_USAGE,
  NOTHING_UNPRICED,
  settingsSchema,
  type Hook,
  type Notice,
} from '@claude-optimizer/protocol';
import { Asks } from '../asks/asks.js';
import { Announcer } from '../feed/announcer.js';
import { MemoryHistory } from '../feed/memory-history.fixture.js';
import type { HookVerdict } from '../hooks/hook-guard.js';
import { createLog } from '../log.js';
import { Notices } from '../notices/notices.js';
import { HandGuard } from './hand-guard.js';

export const SESSION = '5e551011-0000-4000-8000-000000000001';
export const START = 1_800_000_000_000;

/** The guard over a history in memory, with settings that a test changes. */
export class GuardedHand {
  readonly history = new MemoryHistory('epoch');
  readonly announcer = new Announcer();
  readonly told: Notice[] = [];
  readonly launched = new Set<string>();
  settings = settingsSchema.parse({ notifications: { desktop: false } });
  now = START;
  readonly asks: Asks;
  readonly guard: HandGuard;

  constructor() {
    const { history, announcer } = this;
    const now = () => this.now;
    const log = createLog({ level: 'silent', readable: false, to: { write: () => undefined } });
    const settings = { read: () => this.settings };
    this.announcer.onAnnouncement((name, announcement) => {
      if (name === 'notice') this.told.push(announcement as Notice);
    });
    const notices = new Notices({ announcer, settings, now, log, desktop: () => undefined });
    this.asks = new Asks({ announcer, now });
    const isLaunched = (id: string) => this.launched.has(id);
    this.guard = new HandGuard({
      ...{ history, settings, asks: this.asks, notices, isLaunched, home: '/home/me', now, log },
    });
  }

  /** Sets what `budgets` of the settings are from now on. */
  set(budgets: Record<string, unknown>, more: Record<string, unknown> = {}): void {
    this.settings = settingsSchema.parse({ ...more, budgets });
    this.now += 1_000;
  }

  /** What the session has cost so far, as its transcript tells. */
  spend(costMicrodollars: number | null, unpriced = NOTHING_UNPRICED): void {
    const usage = { ...NO_USAGE, messages: 1, costMicrodollars };
    this.history.commit({
      type: 'session:tokens',
      sessionId: SESSION,
      timestamp: this.now,
      messageId: `m${String(this.history.lastSeq())}`,
      model: 'claude-sonnet-5-5',
      agentId: null,
      basis: 'exact',
      ...{ usage, change: usage, totals: usage, unpriced, incomplete: 0, costFraction: 0 },
      context: null,
    });
  }

  /** Gives what is known of the session by other ways. */
  info(about: { entrypoint?: string; version?: string; project?: string }): void {
    const base = { sessionId: SESSION, timestamp: this.now };
    this.history.commit({ type: 'session:info', ...base, ...about });
  }

  /** What the guard says to a hook. */
  hook(name: string, more: Partial<Hook> = {}): HookVerdict | null {
    return this.guard.judge(
      hookSchema.parse({
        session_id: SESSION,
        hook_event_name: name,
        cwd: '/work/shop/src',
        ...more,
      }),
    );
  }

  /** Says hello and waits until the session was read. */
  async meet(): Promise<void> {
    this.hook('Notification');
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Told so far, as level and the first words. */
  titles(): string[] {
    return this.told.map(({ title }) => title);
  }
}
