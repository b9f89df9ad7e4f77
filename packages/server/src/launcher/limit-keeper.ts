import { judge } from '@claude-optimizer/core/budget';
import {
  formatCost,
  type LimitsOfRun,
  type Run,
  type RunCause,
  type Spent,
} from '@claude-optimizer/protocol';
import type { AskDesk } from './permission-asker.js';

/** What may be spent while the person decides, or the objective is brought to its end. */
const GRACE = 1.25;

const FINISH =
  'The budget of this session is used up. Bring the objective that you are working on to a clean end, mark it if it is reached, say what is left, and stop.';

type Options = {
  asks: AskDesk;
  timeoutMs: number;
  extend: (limits: Partial<LimitsOfRun>) => void;
  say: (text: string) => void;
  stop: (why: { cause: RunCause; reason: string }) => void;
  now: () => number;
};

const CAUSES: Readonly<Record<keyof LimitsOfRun, RunCause>> = {
  costMicrodollars: 'cost_limit',
  tokens: 'token_limit',
  turns: 'turn_limit',
  wallMs: 'time_limit',
};

/** Acts when a run reaches a limit: ends it, asks the person, or lets it finish its objective. */
export class LimitKeeper {
  readonly #options: Options;
  #grace = false;
  #askId: string | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Looks at what was spent; called with each change. */
  judge(run: Run, spent: Spent): void {
    const [passed] = judge(this.#grace ? beyond(run.limits) : run.limits, spent).passed;
    if (passed === undefined) return;
    const why = { cause: CAUSES[passed], reason: reasonOf(passed, run, spent) };
    if (this.#grace || run.onLimit === 'stop') {
      this.#options.stop(why);
      return;
    }
    this.#grace = true;
    if (run.onLimit === 'finish') this.#options.say(FINISH);
    else this.#ask(run, why);
  }

  /** The limits are others: what was asked and granted is over. */
  reset(): void {
    this.#grace = false;
    this.close();
  }

  close(): void {
    if (this.#askId !== null) this.#options.asks.withdraw(this.#askId);
    this.#askId = null;
  }

  #ask(run: Run, why: { cause: RunCause; reason: string }): void {
    const { asks, now, timeoutMs } = this.#options;
    const { ask, answered } = asks.open({
      kind: 'limit',
      sessionId: run.sessionId ?? '',
      runId: run.id,
      project: run.cwd,
      toolName: null,
      toolUseId: null,
      agentId: null,
      label: why.reason,
      input: {},
      questions: [],
      expiresAt: now() + timeoutMs,
    });
    this.#askId = ask.id;
    void answered.then((how) => {
      this.#askId = null;
      if (how === 'withdrawn') return;
      if (how !== 'expired' && how.decision === 'extend') {
        this.#options.extend(times(run.limits, how.factor));
      } else if (how !== 'expired' && how.decision === 'finish') this.#options.say(FINISH);
      else this.#options.stop(why);
    });
  }
}

function beyond(limits: LimitsOfRun): LimitsOfRun {
  return times(limits, GRACE);
}

function times(limits: LimitsOfRun, factor: number): LimitsOfRun {
  const raised = (limit: number | null) => (limit === null ? null : Math.ceil(limit * factor));
  return {
    costMicrodollars: raised(limits.costMicrodollars),
    tokens: raised(limits.tokens),
    turns: raised(limits.turns),
    wallMs: raised(limits.wallMs),
  };
}

function reasonOf(limit: keyof LimitsOfRun, { limits }: Run, spent: Spent): string {
  switch (limit) {
    case 'costMicrodollars':
      return `It reached its budget of ${formatCost(limits.costMicrodollars)}: ${formatCost(spent.costMicrodollars)} are spent.`;
    case 'tokens':
      return `It reached its limit of ${String(limits.tokens)} tokens: ${String(spent.tokens)} are used.`;
    case 'turns':
      return `It reached its limit of ${String(limits.turns)} turns.`;
    case 'wallMs':
      return `It reached its limit of ${String(Math.round((limits.wallMs ?? 0) / 60_000))} minutes.`;
  }
}
