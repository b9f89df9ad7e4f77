import type { Hook } from '@claude-optimizer/protocol';

type Call = { toolUseId: string; name: string; input: unknown; agentId: string | null };

const MOST_SESSIONS = 500;
const MOST_OF_ONE = 16;

/**
 * Tool calls that have begun, of every session: a permission request doesn't say for which call it
 * is, so the newest one of the same tool with the same input is taken.
 */
export class OpenCalls {
  readonly #bySession = new Map<string, Call[]>();

  /** Takes note of PreToolUse and of all that ends a call. */
  follow(hook: Hook): void {
    const { session_id: id, tool_use_id: toolUseId, tool_name: name } = hook;
    switch (hook.hook_event_name) {
      case 'PreToolUse':
        if (toolUseId === undefined || name === undefined) return;
        this.#add(id, { toolUseId, name, input: hook.tool_input, agentId: hook.agent_id ?? null });
        return;
      case 'PostToolUse':
      case 'PostToolUseFailure':
        this.#remove(id, (call) => call.toolUseId === toolUseId);
        return;
      case 'Stop':
      case 'SubagentStop':
        // Agents in the background go on when the main thread stops.
        this.#remove(id, (call) => call.agentId === (hook.agent_id ?? null));
    }
  }

  /** Of which call this permission request is; null when it isn't known. */
  of(hook: Hook): string | null {
    if (hook.tool_use_id !== undefined) return hook.tool_use_id;
    const agentId = hook.agent_id ?? null;
    const calls = (this.#bySession.get(hook.session_id) ?? []).filter(
      (call) => call.name === hook.tool_name && call.agentId === agentId,
    );
    const input = JSON.stringify(hook.tool_input);
    const same = calls.findLast((call) => JSON.stringify(call.input) === input);
    return (same ?? (calls.length === 1 ? calls[0] : undefined))?.toolUseId ?? null;
  }

  #add(id: string, call: Call): void {
    const calls = [...(this.#bySession.get(id) ?? []), call].slice(-MOST_OF_ONE);
    this.#bySession.delete(id);
    this.#bySession.set(id, calls);
    const [oldest] = this.#bySession.keys();
    if (this.#bySession.size > MOST_SESSIONS && oldest !== undefined) {
      this.#bySession.delete(oldest);
    }
  }

  #remove(id: string, ended: (call: Call) => boolean): void {
    const left = this.#bySession.get(id)?.filter((call) => !ended(call)) ?? [];
    if (left.length === 0) this.#bySession.delete(id);
    else this.#bySession.set(id, left);
  }
}
