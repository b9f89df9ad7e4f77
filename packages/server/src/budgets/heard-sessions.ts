import type { Hook, SessionEvent, SessionSummary } from '@claude-optimizer/protocol';
import type { History } from '../history.js';
import type { Log } from '../log.js';

/** What is known of a session whose hooks we get, kept in memory and brought up to date. */
export type HeardSession = {
  readonly id: string;
  /** Its first working directory. */
  project: string | null;
  title: string | null;
  /** What is known of its cost, in micro-dollars. */
  cost: number;
  /** Whether some of its responses have no known price. */
  partlyUnknown: boolean;
  /** The budget of the session itself. */
  budget: number | null;
  entrypoint: string | null;
  version: string | null;
};

const MOST = 2_000;
const MOST_WAITING = 500;

type Options = {
  history: Pick<History, 'detail' | 'onEvents'>;
  log: Log;
  /** Called after events have changed what is known of a session. */
  onChange?: (session: HeardSession) => void;
};

/**
 * The sessions that speak to us by hooks. Each is read from the store once, behind the hook's back,
 * and follows the events from there: a hook is answered from memory and never waits.
 */
export class HeardSessions {
  readonly #options: Options;
  readonly #known = new Map<string, HeardSession>();
  /** Events that come while a session is being read. */
  readonly #loading = new Map<string, SessionEvent[]>();
  readonly #unfollow: () => void;
  #reading: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
    this.#unfollow = options.history.onEvents((events) => this.#follow(events));
  }

  /** The session of this hook; null while it is being read, which it begins. */
  of(hook: Hook): HeardSession | null {
    const known = this.#known.get(hook.session_id);
    if (!known) {
      this.#load(hook.session_id);
      return null;
    }
    if (known.project === null && hook.agent_id === undefined) known.project = hook.cwd ?? null;
    return known;
  }

  /** What is known of a session by now. */
  get(id: string): HeardSession | null {
    return this.#known.get(id) ?? null;
  }

  /** Reads these ahead of their next hook, such as those that were active when we began. */
  expect(ids: readonly string[]): void {
    for (const id of ids) this.#load(id);
  }

  /** Resolves once what was asked for so far is read. */
  async close(): Promise<void> {
    this.#unfollow();
    await this.#reading;
  }

  #load(id: string): void {
    if (this.#known.has(id) || this.#loading.has(id)) return;
    if (this.#loading.size >= MOST_WAITING) return;
    this.#loading.set(id, []);
    this.#reading = this.#reading.then(() => this.#read(id));
  }

  async #read(id: string): Promise<void> {
    const { history, log, onChange } = this.#options;
    try {
      const detail = await history.detail(id);
      const session = detail ? sessionOf(detail.state.summary) : newSession(id);
      const since = detail?.seq ?? 0;
      for (const event of this.#loading.get(id) ?? []) {
        if (event.seq > since) apply(session, event);
      }
      this.#keep(session);
      onChange?.(session);
    } catch (error) {
      log.warn({ err: error, session: id }, 'a session could not be read for its budget');
    } finally {
      this.#loading.delete(id);
    }
  }

  #keep(session: HeardSession): void {
    this.#known.set(session.id, session);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
  }

  #follow(events: readonly SessionEvent[]): void {
    if (this.#known.size === 0 && this.#loading.size === 0) return;
    for (const event of events) {
      this.#loading.get(event.sessionId)?.push(event);
      const session = this.#known.get(event.sessionId);
      if (session && apply(session, event)) this.#options.onChange?.(session);
    }
  }
}

function newSession(id: string): HeardSession {
  const unknown = { project: null, title: null, budget: null, entrypoint: null, version: null };
  return { id, ...unknown, cost: 0, partlyUnknown: false };
}

function sessionOf(summary: SessionSummary): HeardSession {
  const { id, project, title, entrypoint, version, usage, unpriced, budgetMicrodollars } = summary;
  return {
    ...{ id, project, title, entrypoint, version },
    cost: usage.costMicrodollars ?? 0,
    partlyUnknown: unpriced.messages > 0,
    budget: budgetMicrodollars,
  };
}

/** Whether the event has changed something that a budget hangs on. */
function apply(session: HeardSession, event: SessionEvent): boolean {
  switch (event.type) {
    case 'session:tokens':
      session.cost = event.totals.costMicrodollars ?? 0;
      session.partlyUnknown = event.unpriced.messages > 0;
      return true;
    case 'session:budget':
      session.budget = event.budgetMicrodollars;
      return true;
    case 'session:start':
      session.project = event.project ?? session.project;
      return false;
    case 'session:info':
      session.project = event.project ?? session.project;
      session.title = event.title ?? session.title;
      session.entrypoint = event.entrypoint ?? session.entrypoint;
      session.version = event.version ?? session.version;
      return false;
    default:
      return false;
  }
}
