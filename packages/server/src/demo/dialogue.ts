import { apiMessage, contentBlock, usageOf } from './assistant.js';
import type { Ids } from './ids.js';
import type { Ledger } from './ledger.js';
import type { SeededRandom } from './random.js';
import type { Rendered } from './results.js';
import { append } from './session-files.js';
import type { ThreadFile } from './thread.js';
import type { PlacedBlock, ToolUse } from './timeline.js';
import type { Line, Write } from './writing.js';

/** The model's messages and the tools' results, in any thread of a session. */
export class Dialogue {
  readonly #ids: Ids;
  readonly #random: SeededRandom;
  readonly #ledger: Ledger;
  readonly #toolsUsed = new Set<string>();
  /** For each open tool use, the record that holds it. */
  readonly #open = new Map<string, string>();

  constructor(ids: Ids, random: SeededRandom, ledger: Ledger) {
    this.#ids = ids;
    this.#random = random;
    this.#ledger = ledger;
  }

  /** One API message: a line for each block, written in one flush. */
  respond(file: ThreadFile, blocks: readonly PlacedBlock[], at: number): Write[] {
    const { model, cache } = file.ref;
    const tokens = file.context.respond(blocks, this.#random);
    this.#ledger.apiMs += at - file.lastAt;
    this.#ledger.add(model, tokens, cache, at);
    const calls = blocks.filter((block) => block.kind === 'call');
    const usage = usageOf(tokens, cache);
    const messageId = this.#ids.message();
    const facts = {
      requestId: this.#ids.request(),
      requestRef: this.#ids.uuid(),
      requestedModel: model,
      promptCacheRequested: cache,
      type: 'assistant',
      effort: 'medium',
      perTurnEffort: 'medium',
      madeBy: 'model',
    };
    const lines = blocks.map((block, index) => {
      const uuid = this.#ids.uuid();
      if (block.kind === 'call') this.#open.set(block.id, uuid);
      const content = contentBlock(block, this.#ids);
      const stop = calls.length > 0 ? 'tool_use' : 'end_turn';
      const message = apiMessage(messageId, model, content, stop, usage);
      return file.record(uuid, at, { message, apiBlockIndex: index, ...facts });
    });
    file.toolUses += calls.length;
    return append(file, [...this.#newTools(file, calls), ...lines]);
  }

  /** The result of a tool use; it hangs on the record of its use, not on the one before it. */
  settle(
    file: ThreadFile,
    use: ToolUse,
    result: Rendered & { promptId: string },
    at: number,
  ): Write[] {
    const { content, structured, isError, denied, promptId } = result;
    const source = this.#open.get(use.id) ?? file.leaf;
    this.#open.delete(use.id);
    file.context.add(typeof content === 'string' ? content : JSON.stringify(content));
    this.#ledger.toolMs += at - file.lastAt;
    const block = { tool_use_id: use.id, type: 'tool_result', content };
    const body = {
      promptId,
      type: 'user',
      message: { role: 'user', content: [isError ? { ...block, is_error: true } : block] },
      // The client leaves the structured twin out of subagents' files.
      ...(file.ref.agentId === null ? { toolUseResult: structured } : {}),
      sourceToolAssistantUUID: source,
      ...(denied ? { toolDenialKind: 'user-rejected' } : {}),
      permissionDecision: { decision: denied ? 'reject' : 'accept', source: 'config' },
    };
    return append(file, [file.record(this.#ids.uuid(), at, body, source)]);
  }

  #newTools(file: ThreadFile, calls: readonly ToolUse[]): Line[] {
    const before = this.#toolsUsed.size;
    for (const use of calls) this.#toolsUsed.add(use.name);
    if (this.#toolsUsed.size === before || file.ref.agentId !== null) return [];
    return [{ type: 'tools-used', tools: [...this.#toolsUsed], sessionId: file.sessionId }];
  }
}
