import { judgePlan, nextMoment, type PlanView, type Verdict } from '@claude-optimizer/core/watch';
import {
  OptimizerError,
  type Order,
  type Plan,
  type Run,
  type Settings,
} from '@claude-optimizer/protocol';
import type { Log } from '../../log.js';
import { followChanges, type PlanChanges } from './follow-changes.js';
import type { PlanBook } from './plan-book.js';
import type { PlanRuns } from './plan-runs.js';
import { isToCome, missed, queued, reopened, runOf, warned } from './run-of-plan.js';
import { PlanStarter, type Launches } from './start-plan.js';

/** Often enough to be on time after sleep or a set clock; never one long timer. */
const TICK_MS = 15_000;
/** A timer may fire a moment early. */
const SLACK_MS = 5;
/** Runs of plans that ended longer ago tell nobody anything new. */
const LOOK_BACK_MS = 7 * 86_400_000;

type Options = {
  book: PlanBook;
  runs: PlanRuns;
  launches: Launches;
  settings: { read(): Settings };
  folderOf: (order: Order) => string;
  /** What the schedule shows has changed. */
  onSchedule: () => void;
  /** False: warnings only, whatever the settings say. */
  autoStart: boolean;
  now: () => number;
  log: Log;
};

/**
 * Watches the clock: warns before a plan, starts it on time, and says why when it doesn't start.
 * A plan is started once, as its run is unique and claimed in the store before any process is.
 */
export class CalendarWatcher {
  readonly #options: Options;
  readonly #starter: PlanStarter;
  #timer: NodeJS.Timeout | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #running = false;

  constructor(options: Options) {
    this.#options = options;
    this.#starter = new PlanStarter(options);
  }

  start(): Promise<void> {
    this.#running = true;
    return this.look();
  }

  async stop(): Promise<void> {
    this.#running = false;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#turn;
  }

  /** Looks at all plans that are near; those who call meanwhile wait for their turn. */
  look(): Promise<void> {
    return this.#inTurn(async () => {
      let next = Infinity;
      try {
        next = await this.#tick();
      } finally {
        this.#lookAgain(next);
      }
    });
  }

  /** Starts a plan now by the person's word, which approves it, too. Throws why it can't. */
  startNow(id: string): Promise<Run> {
    return this.#inTurn(async () => {
      const { book, now, runs, onSchedule } = this.#options;
      const view = await book.view(id, now());
      const [problem] = view.plan.problems;
      if (problem) throw new OptimizerError('bad_request', problem.message, { fix: problem.fix });
      if (view.run !== null && !isToCome(view.run) && view.run.state !== 'missed') {
        throw new OptimizerError('conflict', 'This plan has been started already.', {
          fix: 'Look at its run; for another one, launch it anew.',
        });
      }
      const isOver = view.run?.state === 'missed';
      const run = isOver && view.run ? await runs.put(reopened(view.run, view.plan)) : view.run;
      const started = await this.#starter.start({ ...view, run }, false);
      onSchedule();
      return started;
    });
  }

  /** Takes over what a calendar's new content has changed. */
  async follow(changes: PlanChanges): Promise<void> {
    const { runs, now, onSchedule } = this.#options;
    await this.#inTurn(() => followChanges(runs, changes, now()));
    onSchedule();
    await this.look();
  }

  /** Does what is due; the next moment (epoch ms) at which something will be. */
  async #tick(): Promise<number> {
    const { book, now, settings, autoStart, log } = this.#options;
    const at = now();
    const { calendar } = settings.read();
    const rules = { ...calendar, autoStart: calendar.autoStart && autoStart };
    const ahead = Math.max(0, ...rules.warnMinutes) * 60_000 + 2 * TICK_MS;
    const views = await book.views(at - LOOK_BACK_MS, at + ahead, at);
    for (const view of views) {
      await this.#do(judgePlan(view, rules, at), view).catch((error: unknown) => {
        // One plan that can't be handled keeps no other from its start.
        log.error({ err: error, plan: view.plan.id }, 'a plan could not be handled');
      });
    }
    const plans = views.map(({ plan }) => plan);
    return nextMoment(plans, rules, at);
  }

  async #do(verdict: Verdict, view: PlanView): Promise<void> {
    if (verdict.do === 'nothing') return;
    if (verdict.do === 'warn') await this.#warn(view, verdict.minutes);
    else if (verdict.do === 'wait') await this.#wait(view, verdict.reason);
    else if (verdict.do === 'miss') await this.#miss(view, verdict);
    else await this.#start(view, verdict.late);
    this.#options.onSchedule();
  }

  async #warn(view: PlanView, minutes: number): Promise<void> {
    const { plan } = view;
    const { runs, now } = this.#options;
    await runs.put(warned(this.#runOf(view), now()));
    const [problem] = plan.problems;
    const needsPerson = view.approval === 'needed';
    const hindrance =
      (problem && `${problem.message} ${problem.fix}`) ??
      view.refusal ??
      (needsPerson ? 'Confirm it, or it will not start.' : null);
    runs.tell(plan, {
      level: hindrance === null ? 'info' : 'warning',
      kind: needsPerson ? 'approval' : 'plan',
      title: `${plan.title} starts ${inMinutes(plan.startsAt - now())}`,
      text: hindrance ?? objectivesOf(plan),
    });
    await runs.audit(plan, 'warned', `${String(minutes)} minutes before its start`);
  }

  async #start(view: PlanView, late: boolean): Promise<void> {
    const full = this.#starter.isFull(view, late);
    if (full !== null) {
      await this.#queue(view, full);
      return;
    }
    try {
      await this.#starter.start(view, late);
    } catch (error) {
      if (!(error instanceof OptimizerError)) throw error;
      await this.#queue(view, `${error.message} ${error.fix}`);
    }
  }

  async #queue({ plan }: PlanView, reason: string): Promise<void> {
    const { runs } = this.#options;
    // Stored since the view was made, where the start was tried.
    const run = (await runs.of(plan)) ?? this.#newRun(plan);
    if (run.reason === reason || !isToCome(run)) return;
    await runs.put(queued(run, reason));
    await runs.audit(plan, 'queued', reason);
  }

  async #wait(view: PlanView, reason: string): Promise<void> {
    const { runs } = this.#options;
    const run = this.#runOf(view);
    if (run.reason === reason) return;
    await runs.put({ ...run, state: 'warned', reason });
    const title = `${view.plan.title} has not started`;
    const kind = view.approval === 'needed' ? 'approval' : 'plan';
    runs.tell(view.plan, { level: 'warning', kind, title, text: reason });
    await runs.audit(view.plan, 'waiting', reason);
  }

  async #miss(view: PlanView, { cause, reason }: Extract<Verdict, { do: 'miss' }>): Promise<void> {
    const { runs, now } = this.#options;
    await runs.put(missed(this.#runOf(view), now(), { cause, reason }));
    const title = `${view.plan.title} was missed`;
    runs.tell(view.plan, { level: 'warning', title, text: reason });
    await runs.audit(view.plan, 'missed', reason);
  }

  #runOf({ run, plan }: PlanView): Run {
    return run ?? this.#newRun(plan);
  }

  #newRun(plan: Plan): Run {
    return runOf(plan, this.#options.settings.read().launcher.onLimit);
  }

  #lookAgain(next: number): void {
    if (!this.#running) return;
    if (this.#timer) clearTimeout(this.#timer);
    const wait = Math.min(TICK_MS, Math.max(0, next - this.#options.now()) + SLACK_MS);
    this.#timer = setTimeout(() => {
      this.look().catch((error: unknown) => {
        this.#options.log.error({ err: error }, 'the plans could not be looked at');
      });
    }, wait);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function inMinutes(leftMs: number): string {
  const left = Math.max(0, Math.round(leftMs / 60_000));
  if (left === 0) return 'within a minute';
  return left === 1 ? 'in 1 minute' : `in ${String(left)} minutes`;
}

function objectivesOf({ objectives }: Plan): string {
  const count = objectives.length;
  return count === 1 ? '1 objective' : `${String(count)} objectives`;
}
