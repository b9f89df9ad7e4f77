import type { SessionDetail } from '@claude-optimizer/protocol';

/** A session of the comparison under its letter. */
export type Column = { id: string; letter: string; detail: SessionDetail };
