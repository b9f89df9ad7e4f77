import * as z from 'zod';

const text = z.string().optional().catch(undefined);
const fields = z.record(z.string(), z.unknown()).optional().catch(undefined);

/**
 * `POST /api/hooks`: what Claude Code posts for an HTTP hook. Only the session and the hook's name
 * must be there; a field of another type counts as absent, unknown ones are passed over.
 */
export const hookSchema = z.object({
  session_id: z.string().min(1).max(128),
  hook_event_name: z.string().min(1).max(64),
  cwd: text,
  prompt_id: text,
  permission_mode: text,
  /** The subagent in whose thread it happened. */
  agent_id: text,
  agent_type: text,
  prompt: text,
  tool_name: text,
  tool_use_id: text,
  tool_input: fields,
  tool_response: z.unknown().optional(),
  duration_ms: z.number().nonnegative().optional().catch(undefined),
  error: text,
  is_interrupt: z.boolean().optional().catch(undefined),
  task_id: text,
  task_subject: text,
  notification_type: text,
  message: text,
});
export type Hook = z.infer<typeof hookSchema>;

/**
 * The hooks that `hooks install` asks for. Not SessionEnd, which is understood too: the client
 * prints a line when it can't be delivered, and the transcript tells the end at once.
 */
export const HOOK_NAMES = [
  'UserPromptSubmit',
  'PreToolUse',
  'PermissionRequest',
  'PostToolUse',
  'PostToolUseFailure',
  'Notification',
  'TaskCreated',
  'TaskCompleted',
  'SubagentStart',
  'SubagentStop',
  'Stop',
] as const;
