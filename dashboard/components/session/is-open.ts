import type { SessionStatus } from '@claude-optimizer/protocol';

const OPEN: ReadonlySet<SessionStatus> = new Set(['running', 'waiting', 'idle']);

/** Whether a session of this status may go on; in one that has ended nothing runs any more. */
export const isOpen = (status: SessionStatus): boolean => OPEN.has(status);
