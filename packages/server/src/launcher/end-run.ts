import { randomUUID } from 'node:crypto';
import { moveRun, type Ending } from '@claude-optimizer/core/run';
import type { Run } from '@claude-optimizer/protocol';
import type { PlanStore } from '@claude-optimizer/store';
import type { History } from '../history.js';
import type { Notices } from '../notices/notices.js';
import { finished, settledSession } from './finish-run.js';
import type { LiveRun } from './live-run.js';
import { retryAt, type Pauses } from './retry-at.js';
import type { KeeperEnd } from './run-folder.js';
import { tellOfRun } from './run-notices.js';
import type { RunRecords } from './run-records.js';
import type { ShownPlans } from './shown-plans.js';

type Options = {
  store: Pick<PlanStore, 'audit'>;
  history: Pick<History, 'detail'>;
  notices: Notices;
  records: RunRecords;
  shown: ShownPlans;
  now: () => number;
};
type How = Pick<KeeperEnd, 'exitCode' | 'signal' | 'at'>;

/** What comes after a client has ended: another attempt later, or the end of its run. */
export class RunEnds {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** The run as it waits for its next attempt; null where there is none. */
  async next(live: LiveRun, ending: Ending, pauses: Pauses): Promise<Run | null> {
    const { now, history } = this.#options;
    const { run } = live;
    const again = live.hasMoreLeft ? now() : retryAt(run, ending, { ...pauses, now: now() });
    if (again === null) return null;
    const known = run.sessionId !== null && (await history.detail(run.sessionId)) !== null;
    return moveRun(run, 'claimed', {
      ...{ cause: ending.cause, reason: ending.reason, heldUntil: again },
      ...{ attempt: run.attempt + 1, sessionId: known ? run.sessionId : randomUUID() },
      revision: run.revision + 1,
      ...{ startedAt: null, firstOutputAt: null },
    });
  }

  /** Stores how it ended and what came of it, and tells. */
  async finish(run: Run, ending: Ending, how: How | null, costUsd: number | null): Promise<Run> {
    const { history, notices, records, shown, store, now } = this.#options;
    const { exitCode, signal, at: endedAt } = how ?? { exitCode: null, signal: null, at: now() };
    const session = await settledSession((id) => history.detail(id), run.sessionId, costUsd);
    // A short one has ended before its transcript was read.
    if (session !== null) await shown.show(run);
    const facts = { session, exitCode, signal, endedAt, clientCostUsd: costUsd };
    const next = { ...finished(run, ending, facts), revision: run.revision + 1 };
    await records.store(next, run.revision);
    const text = `${next.state}: ${next.reason ?? ''}`;
    await store.audit({ at: now(), subject: `run:${run.id}`, action: next.state, text });
    tellOfRun(notices, next);
    return next;
  }
}
