import type { Rendered } from './results.js';
import type { ThreadFile } from './thread.js';
import type { Delegation } from './timeline.js';
import type { Line } from './writing.js';

/** The `.meta.json` beside a subagent's transcript. */
export function agentMeta({ use, part, parent, depth }: Delegation, finished: boolean): Line {
  return {
    agentType: part.type,
    isBuiltIn: true,
    description: part.description,
    toolUseId: use.id,
    ...(parent.agentId === null ? {} : { parentAgentId: parent.agentId }),
    spawnDepth: depth,
    requestShape: part.background ? 'background' : 'foreground',
    requestNonInteractive: false,
    model: part.model,
    pickedEffortModel: part.model,
    ...(finished ? { finished: true } : {}),
  };
}

/** What the caller is told at once when the agent works in the background. */
export function agentLaunched({ part, thread }: Delegation): Rendered {
  const agentId = thread.agentId ?? '';
  const text =
    'Async agent launched successfully.\n' +
    `agentId: ${agentId} (internal ID - do not mention to user.)\n` +
    'The agent is working in the background. You will be notified automatically when it completes.';
  return answer(text, {
    isAsync: true,
    status: 'async_launched',
    agentId,
    description: part.description,
    resolvedModel: part.model,
    prompt: part.prompt,
    canContinueAgent: true,
  });
}

/** What the caller gets when the agent has ended; `totalTokens` are of its last request only. */
export function agentResult({ part, thread }: Delegation, file: ThreadFile): Rendered {
  const agentId = thread.agentId ?? '';
  const report = reportOf(part);
  const totalTokens = file.context.size;
  const durationMs = file.lastAt - file.startedAt;
  const text =
    `${report}\nagentId: ${agentId}\n` +
    `<usage>subagent_tokens: ${String(totalTokens)}\n` +
    `tool_uses: ${String(file.toolUses)}\nduration_ms: ${String(durationMs)}</usage>`;
  return answer(text, {
    status: 'completed',
    prompt: part.prompt,
    agentId,
    agentType: part.type,
    content: [{ type: 'text', text: report }],
    resolvedModel: part.model,
    totalDurationMs: durationMs,
    totalTokens,
    totalToolUseCount: file.toolUses,
    canContinueAgent: true,
  });
}

/** What the main thread is told when a background agent has ended. */
export function notification({ use, part, thread }: Delegation, file: ThreadFile): string {
  return [
    '<task-notification>',
    `<task-id>${thread.agentId ?? ''}</task-id>`,
    `<tool-use-id>${use.id}</tool-use-id>`,
    '<status>completed</status>',
    `<summary>Agent "${part.description}" finished</summary>`,
    `<result>${reportOf(part)}</result>`,
    `<usage><subagent_tokens>${String(file.context.size)}</subagent_tokens>` +
      `<tool_uses>${String(file.toolUses)}</tool_uses>` +
      `<duration_ms>${String(file.lastAt - file.startedAt)}</duration_ms></usage>`,
    '</task-notification>',
  ].join('\n');
}

function reportOf(part: Delegation['part']): string {
  const last = part.responses.at(-1);
  return (last?.blocks ?? [])
    .flatMap((block) => (block.kind === 'text' ? [block.text] : []))
    .join('\n');
}

function answer(text: string, structured: Line): Rendered {
  return { content: [{ type: 'text', text }], structured, isError: false, denied: false };
}
