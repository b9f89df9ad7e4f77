import { randomUUID } from 'node:crypto';
import {
  hasEnded,
  moveRun,
  newRun,
  type Ending,
  type LaunchRequest,
} from '@claude-optimizer/core/run';
import {
  OptimizerError,
  type LimitsOfRun,
  type Run,
  type RunCause,
  type SessionEvent,
} from '@claude-optimizer/protocol';
import type { PlanStore } from '@claude-optimizer/store';
import type { Asks } from '../asks/asks.js';
import type { PersonSettings } from '../config/person-settings.js';
import type { Announcer } from '../feed/announcer.js';
import type { History } from '../history.js';
import type { Log } from '../log.js';
import type { Notices } from '../notices/notices.js';
import { clientArguments } from './client-command.js';
import { RunEnds } from './end-run.js';
import { followClient } from './follow-client.js';
import { HeldRuns } from './held-runs.js';
import type { LiveRun } from './live-run.js';
import type { Pauses } from './retry-at.js';
import { RunCaps } from './run-caps.js';
import { RunFolder, type KeeperEnd } from './run-folder.js';
import { RunRecords } from './run-records.js';
import { ShownPlans } from './shown-plans.js';
import { startKeeper } from './start-keeper.js';
import { sweepRuns } from './sweep-runs.js';
import { keepAllowed, writeOrder } from './write-order.js';

/** While runs are under way, the caps over all of them are looked at so often. */
const CAPS_MS = 2_000;

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
};

/**
 * Starts real Claude Code sessions and holds them to their limits. Each runs under a keeper of its
 * own, so that it outlives this process; `begin` finds again what a former one left.
 */
export class SessionLauncher {
  readonly #options: Options;
  readonly #live = new Map<string, LiveRun>();
  readonly #held: HeldRuns;
  readonly #records: RunRecords;
  readonly #shown: ShownPlans;
  readonly #ending: RunEnds;
  readonly #caps: RunCaps;
  readonly #undo: (() => void)[] = [];
  readonly #finishing = new Set<Promise<void>>();
  /** Folders of runs that are being claimed: they count as under way. */
  readonly #claiming = new Set<{ cwd: string }>();

  constructor(options: Options) {
    this.#options = options;
    this.#caps = new RunCaps(options);
    this.#records = new RunRecords(options);
    this.#shown = new ShownPlans(options);
    this.#held = new HeldRuns({ now: options.now, onDue: (run) => this.#tryAgain(run) });
    this.#ending = new RunEnds({ ...options, records: this.#records, shown: this.#shown });
  }

  /** Takes up all runs that have not ended, whether their clients live or have ended meanwhile. */
  async begin(): Promise<void> {
    const { store, history, dataDir } = this.#options;
    this.#undo.push(history.onEvents((events) => this.#follow(events)));
    const timer = setInterval(() => void this.#holdCaps(), CAPS_MS);
    this.#undo.push(() => clearInterval(timer));
    const runs = await store.activeRuns();
    sweepRuns(
      dataDir,
      runs.map(({ id, attempt }) => RunFolder.of(dataDir, id, attempt)),
    );
    for (const run of runs) {
      if (run.state === 'scheduled' || run.state === 'warned') continue;
      if (run.heldUntil !== null) this.#held.hold(run);
      else await this.#takeUp(run);
    }
  }

  /** Leaves what runs to its keepers. */
  async close(): Promise<void> {
    for (const undo of this.#undo.splice(0)) undo();
    this.#held.close();
    for (const live of this.#live.values()) live.close();
    await Promise.allSettled([...this.#finishing]);
    await this.#records.settled();
  }

  /** Runs that are under way or held, oldest first. */
  active(): readonly Run[] {
    return [...[...this.#live.values()].map(({ run }) => run), ...this.#held.all()];
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
    const asked = { order, cwd, limits, onLimit, endsAt };
    clientArguments({ order, cwd, limits, onLimit, sessionId, resume: false }, launcher);
    const { origin, planId, scheduledAt } = request;
    const when = { origin, planId, scheduledAt: scheduledAt ?? now() };
    const waiting = request.run ?? newRun({ ...asked, ...when, id: randomUUID() });
    const claimed = moveRun(waiting, 'claimed', {
      ...asked,
      ...{ sessionId, claimedAt: now(), cause: null, reason: null, revision: waiting.revision + 1 },
    });
    // A new run is stored claimed, in one write: what is stored is started, by the next daemon if
    // need be. Its order is written first, as only that has its template.
    if (!request.run) await writeOrder(this.#options, claimed, { resume: false, template });
    const isOurs = request.run
      ? await store.moveRun(claimed, waiting.revision)
      : await store.putRun(claimed);
    if (!isOurs) {
      throw new OptimizerError('conflict', 'This run has been claimed already.', {
        fix: 'Look at it again: it is being started.',
      });
    }
    this.#records.tell(claimed);
    await this.#takeUp(claimed);
    return this.#live.get(claimed.id)?.run ?? (await store.run(claimed.id)) ?? claimed;
  }

  /** Ends a run politely. Throws `not_found` and `conflict` (it has ended). */
  async stop(id: string, why: { cause: RunCause; reason: string }): Promise<Run> {
    const held = this.#held.take(id);
    if (held !== null) {
      RunFolder.of(this.#options.dataDir, id, held.attempt).remove();
      return this.#ending.finish(held, { state: 'stopped', temporary: false, ...why }, null, null);
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
    return this.#records.onChange(listener);
  }

  async #takeUp(run: Run): Promise<void> {
    const { dataDir, history } = this.#options;
    const folder = RunFolder.of(dataDir, run.id, run.attempt);
    const detail = run.sessionId === null ? null : await history.detail(run.sessionId);
    if (folder.keeper() === null) {
      // A session that there is already is gone on with: its words and its cost are in it.
      const resume = run.attempt > 1 && detail !== null;
      if (folder.order() === null && !(await writeOrder(this.#options, run, { resume }))) {
        await this.#ending.finish(run, NO_CLIENT, null, null);
        return;
      }
      // One that another daemon has just started may claim it first: then this one ends.
      startKeeper(folder);
    }
    if (detail) await this.#shown.takeUp(run, detail);
    const options = { ...this.#options, records: this.#records };
    const attempt = { run, folder, session: detail };
    const live = followClient(options, attempt, (...ended) => this.#onEnd(folder, ...ended));
    if (!live.isOver) this.#live.set(run.id, live);
  }

  #onEnd(folder: RunFolder, live: LiveRun, ...how: [Ending, KeeperEnd | null, Pauses]): void {
    const { id } = live.run;
    this.#live.delete(id);
    const finishing = this.#settle(folder, live, ...how).catch((error: unknown) => {
      this.#options.log.error({ err: error, run: id }, 'the end of a run could not be stored');
    });
    this.#finishing.add(finishing);
    void finishing.then(() => this.#finishing.delete(finishing));
  }

  async #settle(
    folder: RunFolder,
    live: LiveRun,
    ending: Ending,
    end: KeeperEnd | null,
    pauses: Pauses,
  ): Promise<void> {
    const next = await this.#ending.next(live, ending, pauses);
    if (next === null) await this.#ending.finish(live.run, ending, end, live.clientCostUsd);
    else {
      keepAllowed(this.#options.dataDir, folder, next);
      await this.#records.store(next, live.run.revision);
    }
    folder.remove();
    if (next !== null) this.#held.hold(next);
  }

  #tryAgain(run: Run): void {
    const next = { ...run, heldUntil: null, revision: run.revision + 1 };
    this.#records
      .store(next, run.revision)
      .then(() => this.#takeUp(next))
      .catch((error: unknown) => {
        this.#options.log.error({ err: error, run: run.id }, 'a held run could not be started');
      });
  }

  #follow(events: readonly SessionEvent[]): void {
    if (this.#live.size === 0) return;
    for (const event of events) {
      if (event.type !== 'session:tokens' && event.type !== 'session:start') continue;
      for (const live of this.#live.values()) {
        if (live.run.sessionId !== event.sessionId) continue;
        if (event.type === 'session:start') void this.#shown.show(live.run);
        live.follow(event);
      }
    }
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
}

const NO_CLIENT: Ending = {
  state: 'failed',
  cause: 'no_client',
  reason: 'Claude Code is not installed, or not on PATH: install it, or set its path in Settings.',
  temporary: false,
};
