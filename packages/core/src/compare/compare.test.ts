import {
  formatChange,
  NO_USAGE,
  NOTHING_UNPRICED,
  type SessionDetail,
  type Usage,
} from '@claude-optimizer/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detailBefore, foldDetail } from '../fold/detail.js';
import { histories, history, PROMPT, tokens, TURN_END, usageOf } from '../fold/history.fixture.js';
import { COMPARE_CLOCKS, curveOf } from './curve.js';
import { differenceOf, measuresOf } from './measures.js';
import { filesSideBySide, objectivesSideBySide } from './side-by-side.js';
import { tellDifference, type Words } from './tell-difference.js';

const WORDS: Words = {
  cost: (microdollars) => `$${String(microdollars / 1e6)}`,
  tokens: (count) => `${String(count / 1e3)}k`,
  duration: (ms) => `${String(ms / 60_000)}m`,
  percent: (share) => `${String(Math.round(share * 100))}%`,
  change: formatChange,
  model: (id) => id,
  tool: (name) => name,
};

function detailOf(
  usage: Partial<Usage>,
  more: { model?: string; unpriced?: number } = {},
): SessionDetail {
  const all = { ...NO_USAGE, messages: 10, ...usage };
  const detail = foldDetail(
    detailBefore('s', undefined, 60_000),
    history([0, PROMPT], [1_000, tokens(all, more)], [9_000, TURN_END]),
  );
  if (more.unpriced === undefined) return detail;
  const unpriced = { ...NOTHING_UNPRICED, messages: more.unpriced };
  return { ...detail, state: { ...detail.state, summary: { ...detail.state.summary, unpriced } } };
}
const tell = (a: SessionDetail, b: SessionDetail): string =>
  tellDifference(
    [
      { name: 'A', detail: a },
      { name: 'B', detail: b },
    ],
    WORDS,
  );

describe('differenceOf', () => {
  const sure = (value: number | null) => ({ value, isAtLeast: false });
  const more = (value: number) => ({ value, isAtLeast: true });

  it('says by how much, and what is better', () => {
    expect(differenceOf('cost', sure(200), sure(50))).toEqual({
      ...{ by: -150, share: -0.75, verdict: 'better' },
    });
    expect(differenceOf('objectives', sure(4), sure(2))?.verdict).toBe('worse');
    expect(differenceOf('turns', sure(4), sure(2))?.verdict).toBe(null);
    expect(differenceOf('errors', sure(0), sure(0))).toEqual({
      by: 0,
      share: null,
      verdict: 'same',
    });
  });

  it('is not sure where what is unknown may turn it round, and says nothing of the unknown', () => {
    expect(differenceOf('cost', sure(200), more(50))?.verdict).toBe('unsure');
    expect(differenceOf('cost', sure(200), more(250))?.verdict).toBe('worse');
    expect(differenceOf('cost', more(200), sure(50))?.verdict).toBe('better');
    expect(differenceOf('cost', more(200), sure(250))?.verdict).toBe('unsure');
    expect(differenceOf('cost', sure(null), sure(5))).toBe(null);
  });

  it('turns round when base and other change places', () => {
    const value = fc.record({ value: fc.nat(9_999), isAtLeast: fc.boolean() });
    const turned = { better: 'worse', worse: 'better', same: 'same', unsure: 'unsure' } as const;
    fc.assert(
      fc.property(value, value, (a, b) => {
        const verdict = differenceOf('cost', a, b)?.verdict ?? 'same';
        expect(differenceOf('cost', b, a)?.verdict).toBe(turned[verdict]);
      }),
    );
  });
});

describe('measuresOf', () => {
  it('knows no cost per objective where none was completed', () => {
    const { cost, costPerObjective, cacheHit, objectives } = measuresOf(
      detailOf({ costMicrodollars: 500, inputTokens: 25, cacheReadTokens: 75 }).state.summary,
    );
    expect([cost.value, costPerObjective.value, cacheHit.value]).toEqual([500, null, 0.75]);
    expect(objectives.value).toBe(null);
  });
});

describe('tellDifference', () => {
  it('says the cost, with the kind of tokens where one model did it all', () => {
    expect(
      tell(
        detailOf({ costMicrodollars: 2_000_000, cacheReadTokens: 9_000_000 }),
        detailOf({ costMicrodollars: 500_000, cacheReadTokens: 9_000_000, outputTokens: 5_000 }),
      ),
    ).toBe('“B” cost $1.5 less than “A” ($0.5 against $2, −75%): mostly output, 5k against 0k.');
  });

  it('says the model where there are several', () => {
    expect(
      tell(
        detailOf({ costMicrodollars: 100_000 }, { model: 'haiku' }),
        detailOf({ costMicrodollars: 3_100_000 }, { model: 'opus' }),
      ),
    ).toBe('“B” cost $3 more than “A” ($3.1 against $0.1, 31×): mostly opus, $3.1 against $0.');
  });

  it('passes a cost over that may turn round, and says so', () => {
    const sentence = tell(
      detailOf({ costMicrodollars: 2_000_000, outputTokens: 1_000 }),
      detailOf({ costMicrodollars: 500_000, outputTokens: 90_000 }, { unpriced: 3 }),
    );
    expect(sentence).toMatch(/^“B” used more tokens than “A” \(90k against 1k, 90×\)/u);
    expect(sentence).toMatch(
      /Not all costs are known: “B” has responses without a known price\.$/u,
    );
  });

  it('says when there is no difference to speak of', () => {
    const one = detailOf({ costMicrodollars: 100_000 });
    expect(tell(one, one)).toBe('They differ little: no figure by more than 10%.');
    expect(tellDifference([{ name: 'A', detail: one }], WORDS)).toBe('');
  });
});

describe('side by side', () => {
  it('finds a file of two copies of a project, and what more sessions have first', () => {
    const file = (path: string, edits: number) => ({ path, edits, linesAdded: 1, linesRemoved: 0 });
    const state = (project: string, ...files: ReturnType<typeof file>[]) => {
      const { state: one } = detailOf({});
      return { ...one, files, summary: { ...one.summary, project } };
    };
    const rows = filesSideBySide([
      state('/one', file('/one/a.ts', 1), file('/one/b.ts', 9), file('/etc/hosts', 1)),
      state('/two', file('/two/a.ts', 2)),
    ]);
    expect(rows.map(({ key, each }) => [key, each.map((one) => one?.edits ?? null)])).toEqual([
      ['a.ts', [1, 2]],
      ['b.ts', [9, null]],
      ['/etc/hosts', [1, null]],
    ]);
  });

  it('leaves out objectives that were taken out', () => {
    const { state } = detailOf({});
    const one = { id: 'o', text: 'Build', source: 'todo', taskId: null } as const;
    const times = { createdAt: 1, startedAt: null, completedAt: null };
    const objectives = [
      { ...one, ...times, status: 'completed' as const },
      { ...one, ...times, id: 'p', text: 'Gone', status: 'removed' as const },
    ];
    expect(objectivesSideBySide([{ ...state, objectives }, state]).map(({ key }) => key)).toEqual([
      'build',
    ]);
  });
});

describe('curveOf', () => {
  it('is on a clock of its own, and ends with the totals', () => {
    const events = history(
      [0, PROMPT],
      [60_000, tokens(usageOf(5, 10))],
      [120_000, TURN_END],
      [600_000, PROMPT],
      [660_000, tokens(usageOf(7, null))],
      [720_000, TURN_END],
    );
    expect(curveOf(events, 'elapsed').map(({ x, tokens: n }) => [x / 60_000, n])).toEqual([
      [0, 0],
      [1, 5],
      [11, 12],
      [12, 12],
    ]);
    expect(curveOf(events, 'active').map(({ x, cost }) => [x / 60_000, cost])).toEqual([
      [0, null],
      [1, 10],
      [3, 10],
      [4, 10],
    ]);
    expect(curveOf(events, 'share').at(-1)?.x).toBe(1);
    expect(curveOf([], 'share')).toEqual([]);
  });

  it('never goes back, on any clock, and ends with what was used', () => {
    fc.assert(
      fc.property(histories(60), fc.constantFrom(...COMPARE_CLOCKS), (events, clock) => {
        const curve = curveOf(events, clock);
        const xs = curve.slice(0, -1).map(({ x }) => x);
        expect(xs).toEqual([...xs].sort((a, b) => a - b));
        const used = events.flatMap((event) =>
          event.type === 'session:tokens' ? [event.change.outputTokens] : [],
        );
        expect(curve.at(-1)?.tokens ?? 0).toBe(used.reduce((sum, each) => sum + each, 0));
      }),
    );
  });
});
