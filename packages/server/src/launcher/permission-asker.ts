import type { Sight } from '@claude-optimizer/core/run';
import type { Ask, AskAnswer, Run } from '@claude-optimizer/protocol';
import { askOfTool } from '../asks/ask-of-tool.js';
import type { AskEnd, NewAsk } from '../asks/asks.js';
import { permissionScope } from '../asks/permission-scope.js';
import { permissionSays } from './client-command.js';

/** Where questions to the person are put. */
export type AskDesk = {
  open(asked: NewAsk): { ask: Ask; answered: Promise<AskEnd> };
  withdraw(id: string): void;
};

type Asking = Extract<Sight, { type: 'ask' }>;
type Options = {
  asks: AskDesk;
  run: Run;
  timeoutMs: number;
  byDefault: 'deny' | 'stop';
  /** Scopes that were allowed for the run before, also by a daemon that is gone. */
  allowed: readonly string[];
  /** Keeps those that are allowed for the run by now. */
  keep: (allowed: readonly string[]) => void;
  /** Sends a line to the client's stdin. */
  answer: (line: string) => void;
  stop: (reason: string) => void;
  now: () => number;
};

/** Brings what a run asks for to the person, and their answer back to the client. */
export class PermissionAsker {
  readonly #options: Options;
  readonly #allowed: Set<string>;
  readonly #open = new Set<string>();
  #closed = false;

  constructor(options: Options) {
    this.#options = options;
    this.#allowed = new Set(options.allowed);
  }

  /** Asks, unless it was answered before (by `answered`) or is covered by an earlier answer. */
  ask(asking: Asking, answered: ReadonlySet<string>): void {
    if (answered.has(asking.requestId)) return;
    const scope = permissionScope(asking.toolName, asking.input).key;
    if (this.#allowed.has(scope)) {
      this.#allow(asking);
      return;
    }
    const { run, now, timeoutMs, asks } = this.#options;
    const asked = askOfTool({
      sessionId: run.sessionId ?? '',
      runId: run.id,
      project: run.cwd,
      toolName: asking.toolName,
      toolUseId: asking.toolUseId,
      agentId: asking.agentId,
      input: asking.input,
      expiresAt: now() + timeoutMs,
    });
    if (asked === null) {
      this.#deny(asking, 'This question could not be shown.');
      return;
    }
    const { ask, answered: end } = asks.open(asked);
    this.#open.add(ask.id);
    void end.then((how) => {
      this.#open.delete(ask.id);
      if (!this.#closed) this.#answer(asking, scope, how);
    });
  }

  /** Takes back what is open, without an answer: the next daemon asks again. */
  close(): void {
    this.#closed = true;
    for (const id of this.#open) this.#options.asks.withdraw(id);
  }

  #answer(asking: Asking, scope: string, how: AskEnd): void {
    if (how === 'withdrawn') return;
    if (how === 'expired') {
      if (this.#options.byDefault === 'stop') this.#options.stop('Nobody answered its question.');
      else this.#deny(asking, 'Nobody was there to answer. Go on without it, or leave it out.');
      return;
    }
    this.#say(asking, scope, how);
  }

  #say(asking: Asking, scope: string, answer: AskAnswer): void {
    switch (answer.decision) {
      case 'allow-for-run':
        this.#allowed.add(scope);
        this.#options.keep([...this.#allowed]);
        this.#allow(asking);
        return;
      case 'allow':
        this.#allow(asking);
        return;
      case 'answers':
        this.#allow(asking, { answers: answer.answers });
        return;
      case 'stop':
        this.#options.stop('You stopped it.');
        return;
      case 'deny':
        this.#deny(asking, answer.reason || 'The person refused it.');
        return;
      case 'extend':
      case 'finish':
        this.#deny(asking, 'The person refused it.');
    }
  }

  #allow({ requestId, input }: Asking, more: object = {}): void {
    const updatedInput = { ...input, ...more };
    this.#options.answer(permissionSays(requestId, { behavior: 'allow', updatedInput }));
  }

  #deny({ requestId }: Asking, message: string): void {
    this.#options.answer(permissionSays(requestId, { behavior: 'deny', message }));
  }
}
