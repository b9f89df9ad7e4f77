import { describe, expect, it } from 'vitest';
import type { Moments } from './moment.js';
import { parseQuery } from './parse-query.js';
import { exclusionExpression, matchExpression } from './query.js';

const NOW = Date.UTC(2026, 10, 27, 15);
const MOMENTS: Moments = {
  now: NOW,
  dayStart: (year, month, day) => Date.UTC(year, month - 1, day),
  today: [2026, 11, 27],
};
const parse = (text: string) => parseQuery(text, MOMENTS);
const match = (text: string) => matchExpression(parse(text));
const wrong = (text: string): string => {
  try {
    parse(text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'understood';
};

describe('words', () => {
  it.each([
    ['', null],
    ['   ', null],
    ['--- !', null],
    ['auth bug ', '"auth" AND "bug"'],
    ['auth bug', '"auth" AND "bug"*'],
    ['go', '"go"'],
    ['auth* x ', '"auth"* AND "x"'],
    ['"fix the bug"', '"fix the bug"'],
    ['src/app.ts ', '"src app ts"'],
    ['Café NAÏVE ', '"cafe" AND "naive"'],
    ['漢字 ', '"漢 字"'],
    ['fix -draft ', '("fix") NOT ("draft")'],
    ['fix -"old api" -x ', '("fix") NOT ("old api" OR "x")'],
    ['tool:Bash npm ', 'tool : "bash" AND "npm"'],
    ['tool:mcp__github__search ', 'tool : "mcp github search"'],
    ['file:src/auth.t rest ', 'file : "src auth t"* AND "rest"'],
    ['-file:lock x ', '("x") NOT (file : "lock"*)'],
    // What only looks like an operator, or like FTS5's own syntax, is words.
    ['error: ENOENT ', '"error" AND "enoent"'],
    ['https://a.b ', '"https a b"'],
    ['a OR b NEAR(c) * " d" ', '"a" AND "or" AND "b" AND "near c" AND "d"'],
  ])('reads %j', (text, expression) => {
    expect(match(text)).toBe(expression);
  });

  it('knows when only exclusions are asked', () => {
    expect(match('-draft ')).toBeNull();
    expect(exclusionExpression(parse('-draft -tool:Bash '))).toBe('"draft" OR tool : "bash"');
    expect(exclusionExpression(parse('fix -draft '))).toBeNull();
  });
});

describe('operators', () => {
  it.each([
    ['project:shop', { negated: false, field: 'project', contains: 'shop' }],
    ['-project:"my shop"', { negated: true, field: 'project', contains: 'my shop' }],
    ['MODEL:opus', { negated: false, field: 'model', contains: 'opus' }],
    ['status:Failed', { negated: false, field: 'status', status: 'failed' }],
    ['cost:>1', { negated: false, field: 'cost', is: '>', value: 1_000_000 }],
    ['cost:<=$0.25', { negated: false, field: 'cost', is: '<=', value: 250_000 }],
    ['tokens:>10k', { negated: false, field: 'tokens', is: '>', value: 10_000 }],
    ['tokens:1.5M', { negated: false, field: 'tokens', is: '=', value: 1_500_000 }],
    ['after:2026-11-02', { negated: false, field: 'after', at: Date.UTC(2026, 10, 2) }],
    ['before:yesterday', { negated: false, field: 'before', at: Date.UTC(2026, 10, 26) }],
    ['after:7d', { negated: false, field: 'after', at: NOW - 7 * 86_400_000 }],
    ['after:2026-11-02T09:00Z', { negated: false, field: 'after', at: Date.UTC(2026, 10, 2, 9) }],
    ['is:launched', { negated: false, field: 'launched' }],
    ['is:hand', { negated: true, field: 'launched' }],
    ['-is:hand', { negated: false, field: 'launched' }],
  ])('reads %s', (text, test) => {
    expect(parse(text).tests).toEqual([test]);
  });

  it('reads a range as two bounds', () => {
    expect(parse('cost:1..2.5').tests).toMatchObject([
      { is: '>=', value: 1_000_000 },
      { is: '<=', value: 2_500_000 },
    ]);
  });

  it.each([
    ['fix "the bug', 'at character 5', /never closed/],
    ['a cost:much', 'at character 3', /cost:>10/],
    ['status:asleep', 'at character 1', /running, waiting/],
    ['after:2026-02-30', 'at character 1', /2026-03-29/],
    ['after:soon', 'at character 1', /7d/],
    ['is:nice', 'at character 1', /launched/],
    ['x project: y', 'at character 3', /missing/],
    ['tool:"--"', 'at character 1', /letters/],
    ['-cost:1..2', 'at character 1', /range/],
  ])('says what is wrong with %j, and where', (text, place, why) => {
    expect(wrong(text)).toContain(place);
    expect(wrong(text)).toMatch(why);
  });
});
