import { NO_USAGE } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { packLoad, responseHashes, responseOf } from './load.js';
import { responseHash } from './sqlite/response-hash.js';
import { responseId, type LedgerRow } from './store.js';

// Each field another value: none can stand in another's place.
const ROW: LedgerRow = {
  ...{ messageId: 'm1', requestId: 'r1', sessionId: 's1', model: 'opus', agentId: 'a1' },
  ...{ bornAt: 1.5, at: 9_000_000, webSearches: 7, stopped: true, basis: 'estimate' },
  ...{ billing: 'batch', costPicodollars: 66_000_000 },
  usage: {
    ...{ inputTokens: 11, outputTokens: 12, cacheWrite5mTokens: 13, cacheWrite1hTokens: 14 },
    ...{ cacheReadTokens: 15, messages: 1, costMicrodollars: 66 },
  },
};

function loadOf(ledger: LedgerRow[]) {
  const commit = { events: [], sessions: [], ledger, checkpoints: [], malformed: [] };
  return packLoad('s1', commit, new Map());
}

describe('the responses of a load', () => {
  it('are each in the places of its columns', () => {
    const other: LedgerRow = {
      ...{ ...ROW, messageId: 'm2', agentId: null, stopped: false, billing: null },
      ...{ costPicodollars: null, usage: { ...NO_USAGE, messages: 1, costMicrodollars: null } },
    };
    const load = loadOf([ROW, other]);
    expect(responseOf(load, responseId(ROW))).toEqual(ROW);
    expect(responseOf(load, responseId(other))).toEqual(other);
    expect(responseHashes(load)).toEqual([ROW, other].map((row) => responseHash(responseId(row))));
  });
});
