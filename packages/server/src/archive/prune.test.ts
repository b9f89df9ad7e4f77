import type { KeptFile } from '@claude-optimizer/store';
import { describe, expect, it } from 'vitest';
import { planByRule, planPrune } from './prune.js';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1);
const limits = { limitBytes: null, retentionDays: null };
let id = 0;

function file(sessionId: string, days: number, change: Partial<KeptFile> = {}): KeptFile {
  id += 1;
  return {
    ...{ id, ref: `ref${String(id)}`, path: `/p/${String(id)}.jsonl`, generation: 1, root: '/p' },
    ...{ sessionId, role: 'main', agentId: null, rawBytes: 500, sealedBytes: 90, tailBytes: 10 },
    ...{ sourceSize: 500, sourceModifiedAt: 0, sourceInode: '1', changedAt: NOW - days * DAY },
    ...{ gone: false, superseded: false, pruned: false },
    ...change,
  };
}

const ids = ({ sessions }: { sessions: { sessionId: string }[] }) =>
  sessions.map(({ sessionId }) => sessionId);

describe('what the person asks', () => {
  const kept = [
    file('newest', 1),
    file('gone', 50, { gone: true }),
    file('old', 40),
    // Its subagent went on later: the session is as young as that.
    file('mixed', 90),
    file('mixed', 2, { role: 'agent' }),
  ];

  it('is oldest first, and spares what is only here', () => {
    const plan = planPrune(kept, { olderThanDays: 30, gone: false }, NOW);
    expect([ids(plan), plan.spared]).toEqual([['old'], 1]);
    expect(ids(planPrune(kept, { olderThanDays: 30, gone: true }, NOW))).toEqual(['gone', 'old']);
  });

  it('is as much as the size needs', () => {
    expect(ids(planPrune(kept, { maxBytes: 500, gone: false }, NOW))).toEqual([]);
    expect(ids(planPrune(kept, { maxBytes: 499, gone: false }, NOW))).toEqual(['old']);
    expect(ids(planPrune(kept, { maxBytes: 250, gone: false }, NOW))).toEqual(['old', 'mixed']);
    const all = planPrune(kept, { maxBytes: 0, gone: false }, NOW);
    expect([ids(all), all.spared]).toEqual([['old', 'mixed', 'newest'], 1]);
  });

  it('begins with what was replaced where the size asks for it', () => {
    const replaced = file('newest', 1, { superseded: true });
    const plan = planPrune([...kept, replaced], { maxBytes: 500, gone: false }, NOW);
    expect([plan.files, ids(plan)]).toEqual([[replaced], []]);
    const byAge = planPrune([...kept, replaced], { olderThanDays: 30, gone: false }, NOW);
    expect(byAge.files).not.toContain(replaced);
  });
});

describe('what the settings say', () => {
  it('gives nothing up by default', () => {
    expect(planByRule([file('a', 3_000, { gone: true })], limits, NOW).files).toEqual([]);
  });

  it('takes the retention for the person’s own wish, also for what is only here', () => {
    const kept = [file('gone', 400, { gone: true }), file('young', 300)];
    expect(ids(planByRule(kept, { ...limits, retentionDays: 365 }, NOW))).toEqual(['gone']);
  });

  it('makes room below the limit, and spares what was changed within a day', () => {
    const kept = [
      file('gone', 50, { gone: true }),
      file('old', 40),
      file('today', 0.5),
      file('other', 0.4),
    ];
    expect(ids(planByRule(kept, { ...limits, limitBytes: 400 }, NOW))).toEqual([]);
    expect(ids(planByRule(kept, { ...limits, limitBytes: 399 }, NOW))).toEqual(['gone']);
    expect(ids(planByRule(kept, { ...limits, limitBytes: 300 }, NOW))).toEqual(['gone', 'old']);
    expect(ids(planByRule(kept, { ...limits, limitBytes: 10 }, NOW))).toEqual(['gone', 'old']);
  });
});
