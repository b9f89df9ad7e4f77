import fs from 'node:fs';
import { judge } from '@claude-optimizer/core/budget';
import {
  moveRun,
  StreamReader,
  type ClientResult,
  type Ending,
  type Sight,
} from '@claude-optimizer/core/run';
import type { ToldLimits } from '@claude-optimizer/core/report';
import type { LimitsOfRun, Run, RunCause, SessionEvent } from '@claude-optimizer/protocol';
import { answeredRequests, personSays, wallOfKeeper } from './client-command.js';
import { endingOf } from './ending-of-run.js';
import { LimitKeeper } from './limit-keeper.js';
import { endLeftClient, isKeeperLost } from './lost-keeper.js';
import { OutputTail } from './output-tail.js';
import { PermissionAsker, type AskDesk } from './permission-asker.js';
import type { Pauses } from './retry-at.js';
import type { KeeperEnd, RunFolder } from './run-folder.js';
import type { Spending } from './spending.js';

/** Watching a folder tells at once where it works; this is for where it doesn't, and for time. */
const LOOK_MS = 500;
/** After its last answer, a client with a message in its queue begins with it within that time. */
const QUEUE_MS = 1_500;

type Options = {
  run: Run;
  folder: RunFolder;
  spending: Spending;
  /** Ms that earlier attempts took. */
  wallBefore: number;
  asks: AskDesk;
  /** How permissions that nobody answers are answered, and when. */
  asking: { timeoutMs: number; byDefault: 'deny' | 'stop' };
  /** Stores the run as it now is, and tells of it. */
  onChange: (run: Run) => void;
  onPartial: (messageId: string, text: string) => void;
  /** Told how much of the provider's windows is used. */
  onLimits: (windows: ToldLimits) => void;
  /** Told once: how it ended, and what was said of when it may go on. */
  onEnd: (ending: Ending, end: KeeperEnd | null, pauses: Pauses) => void;
  onError: (error: unknown) => void;
  now: () => number;
};

/** One attempt of a run while its client lives: what it says, asks and spends, and its end. */
export class LiveRun {
  readonly #options: Options;
  readonly #tail: OutputTail;
  readonly #reader = new StreamReader();
  readonly #asker: PermissionAsker;
  readonly #limits: LimitKeeper;
  readonly #watcher: fs.FSWatcher;
  readonly #timer: NodeJS.Timeout;
  readonly #takenUpAt: number;
  #run: Run;
  #partial = { messageId: '', text: '' };
  #result: ClientResult | null = null;
  #pauses: Pauses = { resetsAt: null, delayMs: null };
  #stoppedFor: { cause: RunCause; reason: string } | null = null;
  #messages = 0;
  #closeAt: number | null = null;
  #catchingUp = true;
  #over = false;

  constructor(options: Options) {
    this.#options = options;
    this.#run = options.run;
    this.#tail = new OutputTail(options.folder.output);
    this.#takenUpAt = options.now();
    this.#asker = new PermissionAsker({
      asks: options.asks,
      ...options.asking,
      run: options.run,
      allowed: options.folder.allowed(),
      keep: (allowed) => options.folder.putAllowed(allowed),
      answer: (line) => options.folder.tell({ type: 'say', line }),
      stop: (reason) => this.stop({ cause: 'person', reason }),
      now: options.now,
    });
    this.#limits = new LimitKeeper({
      asks: options.asks,
      now: options.now,
      timeoutMs: options.asking.timeoutMs,
      extend: (limits) => this.extend(limits),
      say: (text) => this.message(text),
      stop: (why) => this.stop(why),
    });
    this.#watcher = fs.watch(options.folder.folder, () => this.#lookSafely());
    this.#timer = setInterval(() => this.#lookSafely(), LOOK_MS);
    // Not before the caller has it in hand: what it finds may be its end.
    setImmediate(() => this.#lookSafely());
  }

  get run(): Run {
    return this.#run;
  }

  /** Its end has been told, or it was let be. */
  get isOver(): boolean {
    return this.#over;
  }

  /** A stored event of its session. */
  follow(event: SessionEvent): void {
    if (event.type !== 'session:tokens' || this.#over) return;
    this.#options.spending.store(event);
    this.#judge();
  }

  /** Ends it politely; the first reason counts. */
  stop(why: { cause: RunCause; reason: string }): void {
    if (this.#stoppedFor !== null || this.#over) return;
    this.#stoppedFor = why;
    this.#change({ cause: why.cause, reason: why.reason });
    this.#options.folder.tell({ type: 'stop' });
  }

  /** Raises (or sets) limits; those that aren't named stay. */
  extend(limits: Partial<LimitsOfRun>): void {
    const next = { ...this.#run.limits, ...limits };
    this.#change({ limits: next, warnedPercent: 0 });
    const wallMs = wallOfKeeper(next, this.#run.onLimit, this.#options.wallBefore);
    this.#options.folder.tell({ type: 'wall', wallMs });
    this.#limits.reset();
    this.#judge();
  }

  /** Says something to the session as the person would. */
  message(text: string): void {
    this.#messages += 1;
    this.#closeAt = null;
    this.#options.folder.tell({ type: 'say', line: personSays(text) });
  }

  /** Lets it be: the client goes on under its keeper. */
  close(): void {
    this.#over = true;
    this.#watcher.close();
    clearInterval(this.#timer);
    this.#asker.close();
    this.#limits.close();
  }

  #lookSafely(): void {
    if (this.#over) return;
    try {
      this.#look();
      this.#catchingUp = false;
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #look(): void {
    const { folder, now } = this.#options;
    const end = folder.end();
    if (this.#run.state === 'claimed' && folder.client() !== null) {
      this.#set(moveRun(this.#run, 'started', { startedAt: now() }));
    }
    for (const line of this.#tail.read(end !== null)) {
      try {
        this.#take(this.#reader.read(line));
      } catch (error) {
        // One line that can't be acted on takes no other with it.
        this.#options.onError(error);
      }
    }
    if (end !== null) {
      this.#end(end);
      return;
    }
    if (isKeeperLost(folder, now() - this.#takenUpAt)) {
      this.#end(null);
      return;
    }
    if (this.#closeAt !== null && now() >= this.#closeAt) {
      this.#closeAt = null;
      folder.tell({ type: 'close' });
    }
    this.#judge();
  }

  #take(sight: Sight | null): void {
    if (sight === null) return;
    const { spending, now } = this.#options;
    if (sight.type === 'output' || sight.type === 'text' || sight.type === 'use') {
      this.#closeAt = null;
      if (this.#run.state === 'started') {
        this.#set(moveRun(this.#run, 'running', { firstOutputAt: now() }));
      }
    }
    switch (sight.type) {
      case 'output':
        return;
      case 'text':
        this.#write(sight.messageId, sight.text);
        return;
      case 'use':
        // It was let in again.
        this.#pauses.delayMs = null;
        // At its end, so that the last turn that is allowed is a whole one.
        spending.turn(sight.use.messageId);
        spending.see(sight.use, now());
        return;
      case 'ask':
        this.#asker.ask(sight, this.#answered());
        return;
      case 'limits':
        if (sight.refused) this.#pauses.resetsAt = sight.refused.resetsAt;
        this.#options.onLimits(sight.windows);
        return;
      case 'retry':
        this.#pauses.delayMs = sight.delayMs;
        return;
      case 'result':
        this.#result = sight.result;
        // A message may have come during the turn: the client goes on with it by itself.
        this.#closeAt = now() + (this.#messages > 0 ? QUEUE_MS : 0);
        return;
      case 'init':
    }
  }

  /** The requests that were answered before, also by a daemon that is gone. */
  #answered(): ReadonlySet<string> {
    const told = this.#options.folder.told();
    return answeredRequests(told.flatMap((one) => (one.type === 'say' ? [one.line] : [])));
  }

  #write(messageId: string, piece: string): void {
    const before = this.#partial.messageId === messageId ? this.#partial.text : '';
    this.#partial = { messageId, text: before + piece };
    // What was written before it was taken up stands in the transcript by now.
    if (!this.#catchingUp) this.#options.onPartial(messageId, this.#partial.text);
  }

  #judge(): void {
    if (this.#run.startedAt === null || this.#over) return;
    const { spending, now, wallBefore } = this.#options;
    const spent = spending.spent(now() - this.#run.startedAt + wallBefore);
    const verdict = judge(this.#run.limits, spent);
    const isNews = verdict.level > this.#run.warnedPercent || !sameSpent(spent, this.#run.spent);
    if (isNews) {
      const warnedPercent = Math.max(verdict.level, this.#run.warnedPercent);
      this.#change({ spent, warnedPercent, overshoot: verdict.overshoot });
    }
    if (this.#stoppedFor === null) this.#limits.judge(this.#run, spent);
  }

  #end(end: KeeperEnd | null): void {
    const { folder, onEnd, now } = this.#options;
    if (this.#run.startedAt !== null) {
      const wallMs = (end?.at ?? now()) - this.#run.startedAt + this.#options.wallBefore;
      const spent = this.#options.spending.spent(wallMs);
      this.#change({ spent, overshoot: judge(this.#run.limits, spent).overshoot });
    }
    this.close();
    const [run, result, stoppedFor] = [this.#run, this.#result, this.#stoppedFor];
    if (end === null) endLeftClient(folder, run.sessionId ?? '');
    onEnd(endingOf(end, { run, folder, result, stoppedFor }), end, this.#pauses);
  }

  #change(facts: Partial<Run>): void {
    this.#set({ ...this.#run, ...facts });
  }

  #set(run: Run): void {
    this.#run = { ...run, revision: this.#run.revision + 1 };
    this.#options.onChange(this.#run);
  }

  /**
   * The client ended it at the limit that it was started with, which has been raised since: it goes
   * on in another process.
   */
  get hasMoreLeft(): boolean {
    const isBelt = ['error_max_budget_usd', 'error_max_turns'].includes(
      this.#result?.subtype ?? '',
    );
    const { limits, spent } = this.#run;
    return isBelt && this.#stoppedFor === null && judge(limits, spent).passed.length === 0;
  }

  /** What the client itself says that it cost, once it has said so. */
  get clientCostUsd(): number | null {
    return this.#result?.costUsd ?? null;
  }
}

/** Time alone is no news: it is read off the clock. */
function sameSpent(a: Run['spent'], b: Run['spent']): boolean {
  return a.costMicrodollars === b.costMicrodollars && a.tokens === b.tokens && a.turns === b.turns;
}
