import type { AnswerFigure, EventOf, SessionEvent } from '@claude-optimizer/protocol';
import type { History } from '../history.js';

type AgentSaid = Pick<
  EventOf<'session:agent'>,
  'toolUseId' | 'parentAgentId' | 'agentType' | 'description'
>;

/** What the session's events say of its answers and its subagents. */
export type Facts = {
  /** By message id: what it took, and when it was first counted. */
  answers: Map<string, AnswerFigure & { at: number }>;
  agents: Map<string, AgentSaid>;
};

/** Where facts come from: a history's events. */
export type FactSource = Pick<History, 'epoch' | 'eventsOf' | 'onEvents'>;

const TYPES = ['session:tokens', 'session:agent'] as const;
const MOST_SESSIONS = 8;

/** Facts of the sessions that were asked for last, kept up to date by the history's events. */
export class SessionFacts {
  readonly #history: FactSource;
  readonly #kept = new Map<string, Promise<Facts | null>>();
  #epoch: string;

  constructor(history: FactSource) {
    this.#history = history;
    this.#epoch = history.epoch;
    history.onEvents((events) => {
      for (const event of events) void this.#take(event);
    });
  }

  /** Null for a session that isn't known. */
  async of(sessionId: string): Promise<Facts | null> {
    if (this.#epoch !== this.#history.epoch) {
      this.#epoch = this.#history.epoch;
      this.#kept.clear();
    }
    const known = this.#kept.get(sessionId);
    if (known) return known;
    const facts = this.#load(sessionId);
    this.#kept.set(sessionId, facts);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > MOST_SESSIONS && !oldest.done) this.#kept.delete(oldest.value);
    const found = await facts.catch((error: unknown) => {
      this.#kept.delete(sessionId);
      throw error;
    });
    if (found === null) this.#kept.delete(sessionId);
    return found;
  }

  async #load(sessionId: string): Promise<Facts | null> {
    const events = await this.#history.eventsOf(sessionId, TYPES);
    if (events === null) return null;
    const facts: Facts = { answers: new Map(), agents: new Map() };
    for (const event of events) fold(facts, event);
    return facts;
  }

  // An event may come twice, out of the store and by itself: folding it again changes nothing.
  async #take(event: SessionEvent): Promise<void> {
    const facts = await this.#kept.get(event.sessionId)?.catch(() => null);
    if (facts) fold(facts, event);
  }
}

function fold({ answers, agents }: Facts, event: SessionEvent): void {
  if (event.type === 'session:tokens') {
    const { messageId, model, basis, usage, timestamp } = event;
    const at = answers.get(messageId)?.at ?? timestamp;
    answers.set(messageId, { model, basis, usage, at });
  }
  if (event.type === 'session:agent') {
    const known = agents.get(event.agentId);
    agents.set(event.agentId, {
      toolUseId: event.toolUseId ?? known?.toolUseId ?? null,
      parentAgentId: event.parentAgentId ?? known?.parentAgentId ?? null,
      agentType: event.agentType ?? known?.agentType ?? null,
      description: event.description ?? known?.description ?? null,
    });
  }
}
