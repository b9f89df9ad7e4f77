import { parseLine, usageOfRecord } from '@claude-optimizer/core/transcript';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sighting } from './response-table.js';
import { sightingOf } from './usage-lines.js';
import { UsageKernel } from './usage-kernel.js';

const kernel = new UsageKernel();

/** What the kernel reads of a line; null where it leaves the line to the whole reader. */
function skimmed(line: Buffer): Sighting[] | null {
  return skimmedLines(line, 0, line.length);
}

function skimmedLines(bytes: Buffer, from: number, to: number): Sighting[] | null {
  const seen: Sighting[] = [];
  let odd = 0;
  while (kernel.bytes.length < bytes.length) kernel.grow();
  bytes.copy(kernel.bytes);
  kernel.scan(from, to, {
    usage: (sighting) => seen.push({ ...sighting }),
    odd: () => {
      odd += 1;
    },
  });
  return odd > 0 ? null : seen;
}

function parsed(line: Buffer): unknown[] {
  return parseLine(line.toString('utf8')).records.flatMap((record) => {
    const { at, uses } = usageOfRecord(record, 'place');
    return uses.map((use) => ({ ...sightingOf(use), at }));
  });
}

const split = { ephemeral_5m_input_tokens: 40, ephemeral_1h_input_tokens: 60 };
const counts = { input_tokens: 5, output_tokens: 70, cache_read_input_tokens: 1_000 };
const usage = { ...counts, cache_creation_input_tokens: 100, cache_creation: split };
const own = { type: 'message', ...usage };
const advice = { type: 'advisor_message', model: 'claude-fable-5', ...counts };
const full = {
  ...usage,
  server_tool_use: { web_search_requests: 2, web_fetch_requests: 0 },
  service_tier: 'batch',
  inference_geo: '',
  iterations: [own],
  speed: 'fast',
};
const text = 'é🎉 "quoted" \\ \u0001 {"usage":{"input_tokens":9}} [x]\n';
const message = {
  model: 'claude-opus-4-5',
  id: 'msg_01',
  role: 'assistant',
  content: [{ type: 'text', text }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage,
};
const record = {
  parentUuid: null,
  isSidechain: false,
  type: 'assistant',
  message,
  requestId: 'req_01',
  uuid: 'u1',
  timestamp: '2026-03-29T01:59:59.123Z',
  toolUseResult: { usage, message: { usage } },
};
const withUsage = (other: object) => ({ ...record, message: { ...message, usage: other } });

/** Lines as clients write them, each of another shape, which are read without the whole reader. */
const PLAIN = [
  record,
  withUsage(full),
  withUsage({ ...counts, iterations: [] }),
  withUsage({ ...usage, cache_creation: null, server_tool_use: null, speed: null }),
  withUsage({ ...full, iterations: [own, own] }),
  { ...record, requestId: null, message: { ...message, stop_reason: null } },
  { ...record, message: { usage, content: [], stop_reason: '', model: 'glm-4.7', id: 'm' } },
  // A person's: no usage, whatever stands in it.
  { ...record, type: 'user' },
].map(lineOf);
/** Lines that the whole reader has to read. */
const OTHER = [
  withUsage({ ...full, iterations: [own, advice, own] }),
  withUsage({ ...usage, cache_creation: { ...split, ephemeral_5m_input_tokens: 1 } }),
  withUsage({ ...usage, output_tokens: 1.5 }),
  withUsage({ ...usage, output_tokens: -1 }),
  withUsage({ ...usage, output_tokens: 12_345_678_901 }),
  withUsage({ ...usage, output_tokens: '70' }),
  { ...record, message: { ...message, model: '<synthetic>' } },
  { ...record, message: { ...message, id: '' } },
  { ...record, message: { ...message, model: 'clä' } },
  { ...record, timestamp: 'soon' },
  {
    type: 'progress',
    timestamp: record.timestamp,
    data: { type: 'agent_progress', message: record },
  },
].map(lineOf);

function lineOf(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** Times as the client writes them, and as it doesn't. */
const TIMES = [
  ...['1970-01-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z', '2000-02-29T00:00:00.000Z'],
  ...['2026-12-31T12:34:56.789Z', '2027-01-01T00:00:00.001Z', '9999-12-31T23:59:59.999Z'],
];
const OTHER_TIMES = [
  ...['2026-02-29T00:00:00.000Z', '2100-02-29T00:00:00.000Z', '2026-04-31T00:00:00.000Z'],
  ...['2026-13-01T00:00:00.000Z', '2026-01-00T00:00:00.000Z', '2026-01-01T24:00:00.000Z'],
  ...['1969-12-31T00:00:00.000Z', '2026-01-01T00:60:00.000Z', '2026-01-01T00:00:00.000+'],
  ...['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000000Z', '2026-01-01 00:00:00.000Z'],
];

describe('a line as the client writes it', () => {
  it.each(PLAIN.map((line) => [String(line)]))('is read from its bytes: %s', (line) => {
    const bytes = Buffer.from(line);
    expect(skimmed(bytes)).toEqual(parsed(bytes));
  });

  it.each(OTHER.map((line) => [String(line)]))('or left to the whole reader: %s', (line) => {
    expect(skimmed(Buffer.from(line))).toBeNull();
  });

  it.each(TIMES)('is of its time, %s', (timestamp) => {
    expect(skimmed(lineOf({ ...record, timestamp }))).toMatchObject([
      { at: Date.parse(timestamp) },
    ]);
  });

  it.each(OTHER_TIMES)('is left to the whole reader with a time such as %s', (timestamp) => {
    expect(skimmed(lineOf({ ...record, timestamp }))).toBeNull();
  });

  it('is of each day from 1970 to 2199', () => {
    const days = Array.from({ length: 84_000 }, (_, day) => day * 86_400_000 + day);
    const short = `{"type":"assistant","message":{"id":"m","model":"x","usage":{}},"timestamp":`;
    const lines = days.map((at) => `${short}"${new Date(at).toISOString()}"}\n`);
    const all = Buffer.from(lines.join(''));
    expect(skimmedLines(all, 0, all.length)?.map(({ at }) => at)).toEqual(days);
  });

  it('is found at any place, and in any number', () => {
    const [line = Buffer.alloc(0)] = PLAIN;
    const other = Buffer.from('{"type":"user","message":{"content":"no usage"}}\n'.repeat(3));
    for (let before = 0; before < 40; before += 1) {
      const bytes = Buffer.concat([other.subarray(0, before), Buffer.from('\n'), line]);
      expect(skimmedLines(bytes, 0, bytes.length)).toEqual(parsed(line));
    }
    const many = Buffer.from(
      `${String(PLAIN[1])}\n`.repeat(1_500) + `${String(line)}\n`.repeat(1_500),
    );
    expect(skimmedLines(many, 0, many.length)).toHaveLength(3_000);
  });

  it('is read where it lies among others', () => {
    const [one = Buffer.alloc(0), two = Buffer.alloc(0)] = PLAIN;
    const newline = Buffer.from('\n');
    const bytes = Buffer.concat([one, newline, two, newline, one]);
    const from = one.length + 1;
    expect(skimmedLines(bytes, from, from + two.length + 1)).toEqual(parsed(two));
    expect(skimmedLines(bytes, 0, bytes.length)).toEqual([one, two, one].flatMap(parsed));
  });

  it.each([
    ['a message', '"message":{"id":"other"},"message"', '"message"'],
    ['a usage', '"usage":{"input_tokens":1},"usage"', '"usage"'],
    ['a count', '"input_tokens":1,"input_tokens"', '"input_tokens"'],
    ['a type', '"type":"user","type"', '"type"'],
    ['a model', '"model":null,"model"', '"model"'],
  ])('is left to the whole reader where it has %s twice', (_what, twice, once) => {
    const line = Buffer.from(String(PLAIN[0]).replace(once, () => twice));
    expect(skimmed(line)).toBeNull();
  });
});

const ODD = [
  ...[
    'null',
    'true',
    '0',
    '7',
    '69',
    '100',
    '100',
    '"claude-x"',
    '00',
    '-0',
    '1e3',
    '0.5',
    '999999999',
    '1000000000',
    '[]',
    '{}',
    '""',
  ],
  ...['"\\u0061"', '"\\u00zz"', '"\\x"', '"\\ud800"', '"fast"', '"batch"', '"\u007f"', '"é"'],
  ...['"2026-02-30T00:00:00.000Z"', '"2026-03-29"', '"9999-12-31T23:59:59.999Z"', '[[{"a":[]}]]'],
];
const INSERTED = [
  ...['\0', '"', '\\', '{', '}', '[', ']', ',', ':', ' ', '\r', '\t', '\uFEFF', '\\u0022', '\\"'],
  ...['"usage":', '"usage":{},', '"message":{', '"content":[', '"iterations":[{}],', '"id":"x",'],
  ...['"stop_reason":null,', '}}', '{"type":"assistant"}', '"requestId":"r",', '"a\\u0062":1,'],
];
const where = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const mutation = fc.oneof(
  fc.record({ do: fc.constant('flip' as const), where, bit: fc.nat(7) }),
  fc.record({ do: fc.constant('insert' as const), where, what: fc.constantFrom(...INSERTED) }),
  fc.record({ do: fc.constant('cut' as const), where, length: fc.nat(40) }),
  fc.record({ do: fc.constant('repeat' as const), where, length: fc.nat(80) }),
  fc.record({ do: fc.constant('value' as const), where, what: fc.constantFrom(...ODD) }),
  fc.record({ do: fc.constant('field' as const), where, to: where }),
  fc.record({ do: fc.constant('glue' as const), other: fc.nat(PLAIN.length + OTHER.length - 1) }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

function mutated(line: Buffer, how: Mutation): Buffer {
  if (how.do === 'glue') return Buffer.concat([line, [...PLAIN, ...OTHER][how.other] ?? line]);
  const at = Math.floor(how.where * line.length);
  switch (how.do) {
    case 'flip': {
      const bytes = Buffer.from(line);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << how.bit);
      return bytes;
    }
    case 'insert':
      return splice(line, at, at, how.what);
    case 'cut':
      return splice(line, at, at + how.length, '');
    case 'repeat':
      return splice(line, at, at, line.subarray(at, at + how.length));
    case 'value': {
      const [from, to] = valueAt(line, how.where);
      return splice(line, from, to, how.what);
    }
    case 'field': {
      const [from, to] = fieldAt(line, how.where);
      const [begin] = fieldAt(line, how.to);
      return splice(line, begin, begin, line.subarray(from, to));
    }
  }
}

function splice(line: Buffer, from: number, to: number, what: string | Buffer): Buffer {
  return Buffer.concat([line.subarray(0, from), Buffer.from(what), line.subarray(to)]);
}

/** A plain value behind a key. */
function valueAt(line: Buffer, share: number): [number, number] {
  return placeOf(line, share, /(?<=":)(?:\d+|null|"[^"\\]*")/gu);
}

/** A field with its comma. */
function fieldAt(line: Buffer, share: number): [number, number] {
  return placeOf(line, share, /"\w+":(?:\d+|null|"[^"\\]*"|\{[^{}]*\}),/gu);
}

function placeOf(line: Buffer, share: number, pattern: RegExp): [number, number] {
  const found = [...line.toString('latin1').matchAll(pattern)];
  const hit = found[Math.floor(share * found.length)];
  return hit ? [hit.index, hit.index + hit[0].length] : [0, 0];
}

/** What about a second allows; SKIM_RUNS=1000000 for more. */
const RUNS = Number(process.env['SKIM_RUNS'] ?? 10_000);

describe('a mutated line', () => {
  it('is read as the whole reader reads it, or left to it', () => {
    let read = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...PLAIN, ...PLAIN, ...PLAIN, ...OTHER),
        fc.array(mutation, { minLength: 1, maxLength: 2 }),
        (line, mutations) => {
          const bytes = mutations.reduce(mutated, line);
          const ours = skimmed(bytes);
          if (ours === null) return;
          read += 1;
          expect(ours).toEqual(parsed(bytes));
        },
      ),
      { numRuns: RUNS },
    );
    // Leaving all to the whole reader would prove nothing.
    expect(read).toBeGreaterThan(RUNS / 20);
  }, 60_000);
});
