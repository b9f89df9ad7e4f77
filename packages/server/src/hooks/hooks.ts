import { readHook } from '@claude-optimizer/core';
import type { Hook } from '@claude-optimizer/protocol';
import type { HookIntake } from './hook-intake.js';

/** What the hooks' and telemetry's routes call. */
export type LiveSources = { intake: HookIntake; now: () => number };

/** Takes one hook; its time is that of its arrival. */
export function takeHook({ intake, now }: LiveSources, hook: Hook): void {
  intake.take({ sessionId: hook.session_id, said: readHook(hook, now()) });
}
