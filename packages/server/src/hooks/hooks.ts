import { readHook } from '@claude-optimizer/core';
import type { ComparedRequests, Hook } from '@claude-optimizer/protocol';
import type { ClientRequest } from '@claude-optimizer/store';
import type { HookIntake } from './hook-intake.js';

/** The client's own count of its requests, kept beside ours. */
export type ClientRequests = {
  add(requests: readonly ClientRequest[]): Promise<void>;
  /** A session's requests, oldest first, with our count of each. */
  compared(sessionId: string): Promise<ComparedRequests>;
};

/** What the hooks' and telemetry's routes call. */
export type LiveSources = { intake: HookIntake; requests: ClientRequests; now: () => number };

/** Takes one hook; its time is that of its arrival. */
export function takeHook({ intake, now }: Pick<LiveSources, 'intake' | 'now'>, hook: Hook): void {
  intake.take({ sessionId: hook.session_id, said: readHook(hook, now()) });
}
