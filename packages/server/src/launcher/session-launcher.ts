import { randomUUID } from 'node:crypto';
import {
  buildPrompt,
  hasEnded,
  moveRun,
  shownObjectives,
  type Ending,
} from '@claude-optimizer/core/run';
import {
  OptimizerError,
  type LimitAction,
  type LimitsOfRun,
  type Order,
  type Run,
  type RunCause,
  type RunPreview,
  type SessionEvent,
  type Spent,
} from '@claude-optimizer/protocol';
import type { PlanStore } from '@claude-optimizer/store';
import type { Asks } from '../asks/asks.js';
import type { PersonSettings } from '../config/person-settings.js';
import type { Announcer } from '../feed/announcer.js';
import type { History } from '../history.js';
import type { Log } from '../log.js';
import type { Notices } from '../notices/notices.js';
import { clientArguments, keeperOrder } from './client-command.js';
import { clientPath } from './find-client.js';
import { finished, retryAt, settledSession } from './finish-run.js';
import { LiveRun } from './live-run.js';
import { newRun } from './new-run.js';
import { RunCaps } from './run-caps.js';
import { RunFolder, type KeeperEnd } from './run-folder.js';
import { tellOfRun, tellOfSpending } from './run-notices.js';
import { Spending } from './spending.js';
import { startKeeper } from './start-keeper.js';
import { sweepRuns } from './sweep-runs.js';

/** While runs are under way, the caps over all of them are looked at so often. */
const CAPS_MS = 2_000;

export type LaunchRequest = {
  order: Order;
  origin: Run['origin'];
  planId: string | null;
  scheduledAt: number | null;
  endsAt: number | null;
  /** The real folder in which it runs; whether it may was decided before. */
  cwd: string;
  limits: LimitsOfRun;
  onLimit: LimitAction;
  /** Instead of the configured one, for a new run. */
  template?: string | undefined;
  /** The stored run that is to be started; a new one is made otherwise. */
  run?: Run;
};

type Options = {
  store: PlanStore;
  settings: PersonSettings;
  announcer: Announcer;
  asks: Asks;
  notices: Notices;
  history: Pick<History, 'detail' | 'onEvents' | 'setBudget'>;
  /** Makes what was planned the objectives of a session. */
  plan: (sessionId: string, objectives: readonly string[], plannedAt: number) => Promise<void>;
  dataDir: string;
  /** Where the client keeps its transcripts, where that isn't its own default. */
  configDir: string | null;
  now: () => number;
  log: Log;
  /** The first pause before a temporary failure is tried again. */
  firstWaitMs?: number;
};

/**
 * Starts real Claude Code sessions and holds them to their limits. Each runs under a keeper of its
 * own, so that it outlives this process; `begin` finds again what a former one left.
 */
export class SessionLauncher {
  readonly #options: Options;
  readonly #live = new Map<string, LiveRun>();
  /** Sessions whose plan was shown, so that it is once. */
  readonly #shown = new Set<string>();
  readonly #held = new Map<string, { run: Run; timer: NodeJS.Timeout }>();
  readonly #listeners = new Set<(run: Run) => void>();
  readonly #ends: (() => void)[] = [];
  #writing: Promise<void> = Promise.resolve();
  readonly #finishing = new Set<Promise<void>>();
  readonly #caps: RunCaps;
  /** Folders of runs that are being claimed: they count as under way. */
  readonly #claiming = new Set<{ cwd: string }>();

  constructor(options: Options) {
    this.#options = options;
    this.#caps = new RunCaps(options);
  }

  /** Takes up all runs that have not ended, whether their clients live or have ended meanwhile. */
  async begin(): Promise<void> {
    const { store, history, dataDir } = this.#options;
    this.#ends.push(history.onEvents((events) => this.#follow(events)));
    const timer = setInterval(() => void this.#holdCaps(), CAPS_MS);
    this.#ends.push(() => clearInterval(timer));
    const runs = await store.activeRuns();
    sweepRuns(
      dataDir,
      runs.map(({ id, attempt }) => RunFolder.of(dataDir, id, attempt)),
    );
    for (const run of runs) {
      if (run.state === 'scheduled' || run.state === 'warned') continue;
      if (run.heldUntil !== null) this.#hold(run);
      else await this.#takeUp(run);
    }
  }

  /** Leaves what runs to its keepers. */
  async close(): Promise<void> {
    for (const end of this.#ends.splice(0)) end();
    for (const { timer } of this.#held.values()) clearTimeout(timer);
    for (const live of this.#live.values()) live.close();
    await Promise.allSettled([...this.#finishing]);
    await this.#writing;
  }

  /** Runs that are under way or held, oldest first. */
  active(): readonly Run[] {
    return [
      ...[...this.#live.values()].map(({ run }) => run),
      ...[...this.#held.values()].map(({ run }) => run),
    ];
  }

  /** What would be started: the prompt word by word, and the client's arguments. */
  preview(
    request: Pick<LaunchRequest, 'order' | 'cwd' | 'limits' | 'onLimit' | 'template'>,
  ): RunPreview {
    const { launcher } = this.#options.settings.read();
    const { order, cwd, limits, onLimit, template } = request;
    const start = { order, cwd, limits, onLimit, sessionId: '<uuid>', resume: false };
    return {
      prompt: buildPrompt(template ?? launcher.template, order),
      argv: [clientPath(launcher.claudePath) ?? 'claude', ...clientArguments(start, launcher)],
      cwd,
      limits,
    };
  }

  /**
   * Claims a run and starts it. Throws `conflict` when a cap is reached or another has claimed it,
   * `bad_request` for a model that can't be one.
   */
  async launch(request: LaunchRequest): Promise<Run> {
    const claiming = { cwd: request.cwd };
    const others = this.active().filter(({ id }) => id !== request.run?.id);
    this.#caps.checkRoom([...others, ...this.#claiming], request.cwd);
    this.#claiming.add(claiming);
    try {
      await this.#caps.check();
      return await this.#claim(request);
    } finally {
      this.#claiming.delete(claiming);
    }
  }

  async #claim(request: LaunchRequest): Promise<Run> {
    const { store, settings, now } = this.#options;
    const { launcher } = settings.read();
    const sessionId = randomUUID();
    const { order, cwd, limits, onLimit, endsAt, template } = request;
    clientArguments({ order, cwd, limits, onLimit, sessionId, resume: false }, launcher);
    const waiting = request.run ?? newRun(request, now());
    const claimed = moveRun(waiting, 'claimed', {
      ...{ sessionId, order, cwd, limits, onLimit, endsAt },
      ...{ claimedAt: now(), cause: null, reason: null, revision: waiting.revision + 1 },
    });
    // A new run is stored claimed, in one write: what is stored is started, by the next daemon if
    // need be. Its order is written first, as only that has its template.
    if (!request.run) this.#order(claimed, { resume: false, template });
    const isOurs = request.run
      ? await store.moveRun(claimed, waiting.revision)
      : await store.putRun(claimed);
    if (!isOurs) {
      throw new OptimizerError('conflict', 'This run has been claimed already.', {
        fix: 'Look at it again: it is being started.',
      });
    }
    this.#tell(claimed);
    await this.#takeUp(claimed);
    return this.#live.get(claimed.id)?.run ?? (await store.run(claimed.id)) ?? claimed;
  }

  /** Ends a run politely. Throws `not_found` and `conflict` (it has ended). */
  async stop(id: string, why: { cause: RunCause; reason: string }): Promise<Run> {
    const held = this.#held.get(id);
    if (held) {
      clearTimeout(held.timer);
      this.#held.delete(id);
      const { now } = this.#options;
      const ending: Ending = { state: 'stopped', temporary: false, ...why };
      RunFolder.of(this.#options.dataDir, id, held.run.attempt).remove();
      return this.#finish(held.run, ending, { exitCode: null, signal: null, at: now() }, null);
    }
    const live = await this.#liveRun(id);
    live.stop(why);
    return live.run;
  }

  /** Raises limits of a run under way. */
  async extend(id: string, limits: Partial<LimitsOfRun>): Promise<Run> {
    const live = await this.#liveRun(id);
    live.extend(limits);
    const { sessionId } = live.run;
    if (limits.costMicrodollars !== undefined && sessionId !== null) {
      await this.#options.history.setBudget(sessionId, limits.costMicrodollars);
    }
    return live.run;
  }

  /** Says something to a run under way, as the person at the terminal would. */
  async message(id: string, text: string): Promise<Run> {
    const live = await this.#liveRun(id);
    live.message(text);
    return live.run;
  }

  /** Called with each run that has changed. Returns the unsubscriber. */
  onChange(listener: (run: Run) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #takeUp(run: Run): Promise<void> {
    const { dataDir, settings, store, asks, announcer, notices, now, log } = this.#options;
    const { launcher } = settings.read();
    const folder = RunFolder.of(dataDir, run.id, run.attempt);
    const detail =
      run.sessionId === null ? null : await this.#options.history.detail(run.sessionId);
    if (folder.keeper() === null) {
      // A session that there is already is gone on with: its words and its cost are in it.
      const resume = run.attempt > 1 && detail !== null;
      if (folder.order() === null && !this.#order(run, { resume })) {
        await this.#finish(run, NO_CLIENT, { exitCode: null, signal: null, at: now() }, null);
        return;
      }
      // One that another daemon has just started may claim it first: then this one ends.
      startKeeper(folder);
    }
    const before = folder.order()?.before ?? { turns: 0, wallMs: 0 };
    const spending = new Spending(before.turns);
    if (detail) {
      spending.take(detail.state.summary);
      // Its beginning may have been told while nobody listened.
      if (detail.state.objectives.some(({ source }) => source === 'plan')) {
        this.#shown.add(detail.state.summary.id);
      } else await this.#showPlan(run);
    }
    let warned = run.warnedPercent;
    const live = new LiveRun({
      ...{ run, folder, spending, asks, now, wallBefore: before.wallMs },
      asking: { timeoutMs: launcher.askTimeoutMs, byDefault: launcher.askDefault },
      onChange: (next) => {
        const before = next.revision - 1;
        void this.#write(async () => {
          if (await store.moveRun(next, before)) return;
          log.error({ run: next.id }, 'a run was changed by another');
        });
        this.#tell(next);
        if (next.warnedPercent > warned) tellOfSpending(notices, next);
        warned = next.warnedPercent;
      },
      onPartial: (messageId, text) => {
        announcer.announce('partial', { sessionId: run.sessionId ?? '', messageId, text });
      },
      onEnd: (ending, end, { resetsAt }) => {
        this.#live.delete(run.id);
        const finishing = this.#onEnd(live, folder, ending, end, resetsAt).catch(
          (error: unknown) => {
            log.error({ err: error, run: run.id }, 'the end of a run could not be stored');
          },
        );
        this.#finishing.add(finishing);
        void finishing.then(() => this.#finishing.delete(finishing));
      },
      onError: (error) => log.error({ err: error, run: run.id }, 'a run could not be looked at'),
    });
    if (!live.isOver) this.#live.set(run.id, live);
  }

  /** Writes what the keeper is to start; false where there is no client. */
  #order(run: Run, { resume, template }: { resume: boolean; template?: string | undefined }) {
    const { dataDir, settings, configDir } = this.#options;
    const { launcher } = settings.read();
    const path = clientPath(launcher.claudePath);
    if (path === null) return false;
    const before: Spent | null = resume ? run.spent : null;
    const start = { ...run, cwd: run.cwd ?? '', sessionId: run.sessionId ?? '', resume, before };
    const chosen = { ...launcher, template: template ?? launcher.template };
    const folder = RunFolder.of(dataDir, run.id, run.attempt);
    folder.make();
    folder.putOrder(keeperOrder(start, chosen, { path, configDir }));
    return true;
  }

  async #onEnd(
    live: LiveRun,
    folder: RunFolder,
    ending: Ending,
    end: KeeperEnd | null,
    resetsAt: number | null,
  ): Promise<void> {
    const { now, firstWaitMs, history } = this.#options;
    const { run } = live;
    const again = live.hasMoreLeft
      ? now()
      : retryAt(run, ending, { resetsAt, now: now(), ...(firstWaitMs && { firstWaitMs }) });
    if (again !== null) {
      const known = run.sessionId !== null && (await history.detail(run.sessionId)) !== null;
      const held = moveRun(run, 'claimed', {
        ...{ cause: ending.cause, reason: ending.reason, heldUntil: again },
        ...{ attempt: run.attempt + 1, sessionId: known ? run.sessionId : randomUUID() },
        revision: run.revision + 1,
        ...{ startedAt: null, firstOutputAt: null },
      });
      this.#keepAllowed(folder, held);
      await this.#store(held, run.revision);
      folder.remove();
      this.#hold(held);
      return;
    }
    const how = end ?? { exitCode: null, signal: null, at: now() };
    await this.#finish(run, ending, how, live.clientCostUsd);
    folder.remove();
  }

  async #finish(
    run: Run,
    ending: Ending,
    { exitCode, signal, at }: Pick<KeeperEnd, 'exitCode' | 'signal' | 'at'>,
    clientCostUsd: number | null,
  ): Promise<Run> {
    const { history, notices, store, now } = this.#options;
    const session = await settledSession((id) => history.detail(id), run.sessionId, clientCostUsd);
    // A short one has ended before its transcript was read.
    if (session !== null) await this.#showPlan(run);
    const done = finished(run, ending, { session, exitCode, signal, endedAt: at, clientCostUsd });
    const next = { ...done, revision: run.revision + 1 };
    await this.#store(next, run.revision);
    const text = `${next.state}: ${next.reason ?? ''}`;
    await store.audit({ at: now(), subject: `run:${run.id}`, action: next.state, text });
    tellOfRun(notices, next);
    return next;
  }

  /** What was allowed for the run holds for its next attempt, too. */
  #keepAllowed(folder: RunFolder, { id, attempt }: Run): void {
    const allowed = folder.allowed();
    if (allowed.length === 0) return;
    const next = RunFolder.of(this.#options.dataDir, id, attempt);
    next.make();
    next.putAllowed(allowed);
  }

  #hold(run: Run): void {
    const wait = Math.max(0, (run.heldUntil ?? 0) - this.#options.now());
    const timer = setTimeout(() => {
      this.#held.delete(run.id);
      const next = { ...run, heldUntil: null, revision: run.revision + 1 };
      this.#store(next, run.revision)
        .then(() => this.#takeUp(next))
        .catch((error: unknown) => {
          this.#options.log.error({ err: error, run: run.id }, 'a held run could not be started');
        });
    }, wait);
    this.#held.set(run.id, { run, timer });
  }

  #follow(events: readonly SessionEvent[]): void {
    if (this.#live.size === 0) return;
    for (const event of events) {
      if (event.type !== 'session:tokens' && event.type !== 'session:start') continue;
      for (const live of this.#live.values()) {
        if (live.run.sessionId !== event.sessionId) continue;
        if (event.type === 'session:start') void this.#showPlan(live.run);
        live.follow(event);
      }
    }
  }

  /** The session page shows its budget and objectives as it shows those of every session. */
  async #showPlan({ sessionId, limits, order, claimedAt }: Run): Promise<void> {
    if (sessionId === null || this.#shown.has(sessionId)) return;
    this.#shown.add(sessionId);
    const { history, plan, log, now } = this.#options;
    const told = [plan(sessionId, shownObjectives(order), claimedAt ?? now())];
    const cost = limits.costMicrodollars;
    if (cost !== null) told.push(history.setBudget(sessionId, cost).then(() => undefined));
    await Promise.all(told).catch((error: unknown) => {
      log.error({ err: error }, 'the plan of a run could not be shown');
    });
  }

  /** Ends what runs once a cap over all of them is reached. */
  async #holdCaps(): Promise<void> {
    if (this.#live.size === 0) return;
    const why = await this.#caps.reason();
    if (why === null) return;
    for (const live of this.#live.values()) live.stop(why);
  }

  async #liveRun(id: string): Promise<LiveRun> {
    const live = this.#live.get(id);
    if (live) return live;
    const run = await this.#options.store.run(id);
    if (run === null) {
      throw new OptimizerError('not_found', `There is no run ${JSON.stringify(id)}.`, {
        fix: 'GET /api/runs lists those that there are.',
      });
    }
    const what = hasEnded(run) ? 'has ended' : 'is not under way yet';
    throw new OptimizerError('conflict', `This run ${what}.`, { fix: 'Look at it again.' });
  }

  /** In turn with all other writes, and told of. */
  async #store(run: Run, fromRevision: number): Promise<void> {
    const { store } = this.#options;
    await this.#write(async () => {
      if (await store.moveRun(run, fromRevision)) return;
      throw new OptimizerError('conflict', `Run ${run.id} was changed by another.`, {
        fix: 'Is a second daemon running on the same data folder?',
      });
    });
    this.#tell(run);
  }

  /** One after another; what fails is in the log, and the next is tried all the same. */
  #write(work: () => Promise<void>): Promise<void> {
    const done = this.#writing.then(work).catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'a run could not be stored');
    });
    this.#writing = done;
    return done;
  }

  #tell(run: Run): void {
    this.#options.announcer.announce('run', run);
    for (const listener of this.#listeners) listener(run);
  }
}

const NO_CLIENT: Ending = {
  state: 'failed',
  cause: 'no_client',
  reason: 'Claude Code is not installed, or not on PATH: install it, or set its path in Settings.',
  temporary: false,
};
