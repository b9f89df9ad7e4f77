import type { Launch, SessionTest } from '@claude-optimizer/protocol';

/** What narrows a list of sessions besides its query: what other stores know of them. */
export type ListScope = {
  /** The sessions that a run of ours has launched. */
  launches?: readonly (Launch & { sessionId: string })[];
  tests?: readonly SessionTest[];
  /** Only these, or all but these; by `relevance` the first comes first. */
  among?: { ids: readonly string[]; except: boolean };
};
