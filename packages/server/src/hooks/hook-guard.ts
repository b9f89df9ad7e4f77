import type { Hook } from '@claude-optimizer/protocol';

/** What Claude Code reads in the answer of a hook; empty is "go on". */
export type HookAnswer = Readonly<Record<string, unknown>>;

/** Something other than "go on", now or when it is known; `gone` is called if nobody waits. */
export type HookVerdict = { answer: HookAnswer | Promise<HookAnswer>; gone?: () => void };

/** Is asked about each hook before it is answered; null lets Claude Code go on at once. */
export type HookGuard = (hook: Hook) => HookVerdict | null;
