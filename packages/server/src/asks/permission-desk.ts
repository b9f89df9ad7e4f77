import type { Ask, Hook, SessionEvent } from '@claude-optimizer/protocol';
import type { HookAnswer, HookVerdict } from '../hooks/hook-guard.js';
import { askOfTool } from './ask-of-tool.js';
import type { AskEnd, Asks } from './asks.js';
import { OpenCalls } from './open-calls.js';
import { permissionScope } from './permission-scope.js';

/** So many may wait at once; the client's own prompts are there for the rest. */
const MOST_OPEN = 50;
const MOST_REMEMBERED = 1_000;
const GO_ON: HookAnswer = {};

/** What the desk must know of the session that asks. */
type Asking = { id: string; project: string | null };

type Options = {
  asks: Pick<Asks, 'open' | 'withdraw' | 'list'>;
  now: () => number;
};

/**
 * Puts what a session started by hand asks of the person on the page: permissions and the client's
 * own questions. The client shows its own prompt beside it; whoever answers first has answered.
 */
export class PermissionDesk {
  readonly #options: Options;
  readonly #calls = new OpenCalls();
  readonly #open = new Map<string, Ask>();
  /** By session, what the person has allowed until its end. */
  readonly #allowed = new Map<string, Set<string>>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Follows which calls are open; what has ended needs no answer any more. */
  follow(hook: Hook): void {
    this.#calls.follow(hook);
    if (this.#open.size === 0) return;
    const { session_id: id, tool_use_id: toolUseId } = hook;
    switch (hook.hook_event_name) {
      case 'PostToolUse':
      case 'PostToolUseFailure':
        this.#withdraw((ask) => ask.sessionId === id && ask.toolUseId === toolUseId);
        return;
      case 'UserPromptSubmit':
      case 'Stop':
      case 'SubagentStop':
        this.#withdraw((ask) => ask.sessionId === id && ask.agentId === (hook.agent_id ?? null));
    }
  }

  /** The same from what transcripts tell: a refusal in the terminal has no hook. */
  followEvents(events: readonly SessionEvent[]): void {
    if (this.#open.size === 0 && this.#allowed.size === 0) return;
    for (const event of events) {
      const { sessionId: id } = event;
      if (event.type === 'session:complete') this.#allowed.delete(id);
      const isOver =
        event.type === 'session:complete' ||
        (event.type === 'session:turn' && event.phase === 'interrupted');
      const ended = event.type === 'session:tool' && event.phase === 'end' ? event.toolUseId : null;
      if (!isOver && ended === null) continue;
      this.#withdraw((ask) => ask.sessionId === id && (isOver || ask.toolUseId === ended));
    }
  }

  /** Opens the question of a PermissionRequest for `waitMs`; null when it isn't one for the page. */
  ask(hook: Hook, session: Asking, waitMs: number): HookVerdict | null {
    const { tool_name: toolName, tool_input: input = {} } = hook;
    if (toolName === undefined || this.#open.size >= MOST_OPEN) return null;
    const { key } = permissionScope(toolName, input);
    if (this.#allowed.get(session.id)?.has(key)) return { answer: decided({ behavior: 'allow' }) };
    const asked = askOfTool({
      sessionId: session.id,
      runId: null,
      project: session.project,
      toolName,
      toolUseId: this.#calls.of(hook),
      agentId: hook.agent_id ?? null,
      input,
      expiresAt: this.#options.now() + waitMs,
    });
    if (asked === null) return null;
    const { ask, answered } = this.#options.asks.open(asked);
    this.#open.set(ask.id, ask);
    const answer = answered.then((end) => {
      this.#open.delete(ask.id);
      if (isAnswer(end) && end.decision === 'allow-for-run') this.#remember(session.id, key);
      return answerOf(end, input);
    });
    return { answer, gone: () => this.#options.asks.withdraw(ask.id) };
  }

  #withdraw(over: (ask: Ask) => boolean): void {
    for (const ask of [...this.#open.values()].filter(over)) this.#options.asks.withdraw(ask.id);
  }

  #remember(id: string, key: string): void {
    this.#allowed.set(id, (this.#allowed.get(id) ?? new Set()).add(key));
    const [oldest] = this.#allowed.keys();
    if (this.#allowed.size > MOST_REMEMBERED && oldest !== undefined) this.#allowed.delete(oldest);
  }
}

function isAnswer(end: AskEnd): end is Exclude<AskEnd, string> {
  return typeof end !== 'string';
}

/** The person's answer as the client reads it; "go on" leaves it to the client's own prompt. */
function answerOf(end: AskEnd, input: Readonly<Record<string, unknown>>): HookAnswer {
  if (!isAnswer(end)) return GO_ON;
  switch (end.decision) {
    case 'allow':
    case 'allow-for-run':
      return decided({ behavior: 'allow' });
    case 'answers':
      return decided({ behavior: 'allow', updatedInput: { ...input, answers: end.answers } });
    case 'deny': {
      const why = end.reason.trim();
      return decided({ behavior: 'deny', message: why === '' ? 'The user refused this.' : why });
    }
    default:
      return GO_ON;
  }
}

function decided(decision: Readonly<Record<string, unknown>>): HookAnswer {
  return { hookSpecificOutput: { hookEventName: 'PermissionRequest', decision } };
}
