import {
  NO_USAGE,
  type SessionEvent,
  type SessionState,
  type Usage,
} from '@claude-optimizer/protocol';
import { tokensEvent, type LedgerEntry } from '../decide/decide.js';
import { foldSession } from '../fold/state.js';

export const AT = Date.UTC(2026, 0, 5, 10);
type Fields = Record<string, unknown> & { type: SessionEvent['type'] };

/** Tells events as the product does: numbered, folded, and tokens as the ledger has them decided. */
export class Telling {
  readonly events: SessionEvent[] = [];
  state: SessionState | null = null;
  readonly #known = new Map<string, Usage & { pico: number | null }>();

  /** One event; `after` ms from the beginning. */
  tell(after: number, fields: Fields): this {
    const base = { seq: this.events.length + 1, sessionId: 's', timestamp: AT + after };
    const event = { ...base, ...fields } as SessionEvent;
    this.events.push(event);
    this.state = foldSession(this.state, event);
    return this;
  }

  prompt(after: number, prompt = 'Go'): this {
    const recordId = `prompt-${String(after)}`;
    return this.tell(after, { type: 'session:turn', phase: 'start', recordId, prompt });
  }

  end(after: number, phase: 'end' | 'interrupted' = 'end'): this {
    return this.tell(after, { type: 'session:turn', phase, recordId: `end-${String(after)}` });
  }

  use(after: number, toolUseId: string, name = 'Bash', agentId: string | null = null): this {
    const label = `${name} it`;
    return this.tell(after, {
      type: 'session:tool',
      phase: 'start',
      toolUseId,
      name,
      label,
      agentId,
    });
  }

  done(after: number, toolUseId: string, more: object = {}): this {
    const start = this.events.find(
      (event) => event.type === 'session:tool' && event.toolUseId === toolUseId,
    );
    const known =
      start?.type === 'session:tool' ? start : { name: 'Bash', label: '', agentId: null };
    const { name, label, agentId } = known;
    const said = { toolUseId, name, label, agentId, phase: 'end', outcome: 'ok', ...more };
    return this.tell(after, { type: 'session:tool', ...said });
  }

  agent(after: number, agentId: string, toolUseId: string | null, more: object = {}): this {
    const names = { agentType: 'Explore', description: 'Find', prompt: null, parentAgentId: null };
    const said = { agentId, toolUseId, ...names, status: 'running', agents: 1, ...more };
    return this.tell(after, { type: 'session:agent', ...said });
  }

  /** A response as the ledger knows it now; `pico` is its exact cost, null without a price. */
  response(
    after: number,
    messageId: string,
    tokens: Partial<Usage>,
    pico: number | null,
    { agentId = null, aside = false, model = 'claude-opus-4-5' }: ResponseOf = {},
  ): this {
    const before = this.#known.get(messageId);
    const cost = pico === null ? null : Math.round(pico / 1e6);
    const usage: Usage = { ...NO_USAGE, messages: 1, ...tokens, costMicrodollars: cost };
    const front = usage.inputTokens + usage.cacheReadTokens + usage.cacheWrite5mTokens;
    this.#known.set(messageId, { ...usage, pico });
    return this.#said({
      ...{ messageId, model, agentId, at: AT + after, basis: pico === null ? 'unknown' : 'exact' },
      context: agentId !== null || aside ? null : { tokens: front, window: 200_000 },
      before: before ?? NO_USAGE,
      after: usage,
      costChange: (pico ?? 0) - (before?.pico ?? 0),
      incompleteChange: 0,
    });
  }

  /** A response turns out to be another session's. */
  moved(after: number, messageId: string): this {
    const before = this.#known.get(messageId);
    if (!before) return this;
    this.#known.delete(messageId);
    const { pico, ...usage } = before;
    return this.#said({
      ...{ messageId, model: 'claude-opus-4-5', agentId: null, at: AT + after, basis: 'exact' },
      ...{ context: null, before: usage, after: NO_USAGE, incompleteChange: 0 },
      costChange: -(pico ?? 0),
    });
  }

  #said(entry: LedgerEntry): this {
    const said = tokensEvent('s', this.state, entry);
    return said === null ? this : this.tell(entry.at - AT, said);
  }
}

type ResponseOf = { agentId?: string | null; aside?: boolean; model?: string };
