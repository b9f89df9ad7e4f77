import { levelOf, percentOf } from '@claude-optimizer/core/budget';
import type { Hook } from '@claude-optimizer/protocol';
import type { HookAnswer, HookVerdict } from '../hooks/hook-guard.js';
import type { Notices } from '../notices/notices.js';
import { noticeWords, stopSentence } from './budget-words.js';
import type { Budget, HandSettings } from './hand-settings.js';
import type { HeardSession } from './heard-sessions.js';

type Options = {
  settings: Pick<HandSettings, 'budgetOf'>;
  notices: Pick<Notices, 'tell'>;
  /** Runs of ours have their own limits and aren't judged here again. */
  isLaunched: (sessionId: string) => boolean;
};

/** What the person was told of a session, under the budget that held then. */
type Told = { microdollars: number; level: number; ofUnknown: boolean };

/** Below this nothing was stopped yet: a budget that is new doesn't tell of levels long passed. */
const LAST_WARNING = 95;

/** Stops sessions that the person started by hand once they have cost their budget. */
export class BudgetGuard {
  readonly #options: Options;
  readonly #told = new WeakMap<HeardSession, Told>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** What to answer to this hook of the session; null lets it go on. */
  judge(hook: Hook, session: HeardSession): HookVerdict | null {
    if (this.#options.isLaunched(session.id)) return null;
    const budget = this.#options.settings.budgetOf(session);
    if (budget === null || session.cost < budget.microdollars) return null;
    this.#tell(session, budget);
    const answer = stopping(hook, stopSentence(session, budget));
    return answer === null ? null : { answer };
  }

  /** Tells of 50, 80, 95 and 100 %, once each, as what is known of the session changes. */
  watch(session: HeardSession): void {
    if (this.#options.isLaunched(session.id)) return;
    const budget = this.#options.settings.budgetOf(session);
    if (budget !== null) this.#tell(session, budget);
  }

  #tell(session: HeardSession, budget: Budget): void {
    const level = levelOf(percentOf(session.cost, budget.microdollars));
    const told = this.#toldOf(session, budget, level);
    if (level > told.level) {
      told.level = level;
      const words = noticeWords(session, budget, level);
      this.#notice(session, level === 100 ? 'error' : 'warning', words);
    }
    if (session.partlyUnknown && !told.ofUnknown) {
      told.ofUnknown = true;
      this.#notice(session, 'warning', {
        title: "A session's cost isn't fully known",
        text: `${session.title ?? session.id} uses a model without a known price: its budget holds only for what is known.`,
      });
    }
  }

  #toldOf(session: HeardSession, { microdollars }: Budget, level: number): Told {
    const told = this.#told.get(session);
    if (told?.microdollars === microdollars) return told;
    // Of a session that was there before, or a budget that was changed: only what comes now.
    const passed = told || session.cost > 0 ? Math.min(level, LAST_WARNING) : 0;
    const next = { microdollars, level: passed, ofUnknown: told?.ofUnknown ?? false };
    this.#told.set(session, next);
    return next;
  }

  #notice(
    { id }: HeardSession,
    level: 'warning' | 'error',
    words: { title: string; text: string },
  ): void {
    const of = { kind: 'budget', planId: null, runId: null, sessionId: id } as const;
    this.#options.notices.tell({ ...of, level, ...words });
  }
}

/** The answer that makes the client stop here; null for hooks at which it can't. */
function stopping(hook: Hook, reason: string): HookAnswer | null {
  switch (hook.hook_event_name) {
    case 'PreToolUse':
      // Without the denial the tool would still run, and then the client would stop.
      return {
        continue: false,
        stopReason: reason,
        hookSpecificOutput: {
          hookEventName: 'PreToolUse',
          permissionDecision: 'deny',
          permissionDecisionReason: reason,
        },
      };
    case 'PostToolUse':
    case 'PostToolUseFailure':
      return { continue: false, stopReason: reason };
    case 'UserPromptSubmit':
      // A blocked prompt goes back into the input line. Commands must go on: /exit, /compact.
      return hook.prompt?.startsWith('/') ? null : { decision: 'block', reason };
    default:
      return null;
  }
}
