import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLine } from './parse-line.js';
import { readRecord } from './read-record.js';
import { initialReaderState, parseReaderState, serializeReaderState } from './reader-state.js';
import { readFileSync, readdirSync } from 'node:fs';

const object = fc.dictionary(fc.string(), fc.jsonValue());
const gap = fc.stringMatching(/^[\0 \t\r\uFEFF]{0,6}$/u);
const fixtures = new URL('fixtures/', import.meta.url);
const lines = readdirSync(fixtures).flatMap((name) =>
  readFileSync(new URL(name, fixtures), 'utf8').split('\n'),
);

describe('parseLine', () => {
  it('reads records glued together, whatever stands between them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(gap, object, gap), { minLength: 1 }), (parts) => {
        const text = parts.map(([a, record, b]) => a + JSON.stringify(record) + b).join('');
        const parsed = parseLine(text);
        expect(parsed.malformed).toBeNull();
        expect(JSON.stringify(parsed.records)).toBe(JSON.stringify(parts.map(([, r]) => r)));
      }),
    );
  });

  it('keeps what stands before the damage', () => {
    fc.assert(
      fc.property(object, object, fc.nat(), (whole, torn, at) => {
        const text = JSON.stringify(torn);
        const head = text.slice(0, 1 + (at % (text.length - 1)));
        const parsed = parseLine(JSON.stringify(whole) + head);
        expect(JSON.stringify(parsed.records)).toBe(JSON.stringify([whole]));
        expect(parsed.malformed).toBe('cut off: JSON ends early');
      }),
    );
  });

  it('reads tens of thousands of glued records in one pass', () => {
    const parsed = parseLine('{"a":"}{"}'.repeat(50_000));
    expect(parsed.records).toHaveLength(50_000);
    expect(parsed.malformed).toBeNull();
  });

  it.each([
    ['', 0, null],
    [' \r', 0, null],
    ['\0\0\0', 0, null],
    ['\uFEFF{"a":1}\r', 1, null],
    ['[{}]', 0, 'not a JSON object'],
    ['null', 0, 'not a JSON object'],
    ['{"a":1', 0, 'cut off: JSON ends early'],
    ['{"a":"b', 0, 'cut off: JSON ends early'],
    ['\0{"a":1,}', 0, 'not JSON (at character 8 of the line)'],
    ['{"a":1} secret words', 1, 'not JSON (at character 8 of the line)'],
    ['secret words', 0, 'not JSON (at character 0 of the line)'],
    ['{"a":1}\0{"b":}', 1, 'not JSON (at character 8 of the line)'],
  ])('reads %j', (line, count, malformed) => {
    const parsed = parseLine(line);
    expect([parsed.records.length, parsed.malformed]).toEqual([count, malformed]);
  });
});

describe('reading damaged transcripts', () => {
  // A copy of a real line, with one stretch of it replaced.
  const damaged = fc
    .tuple(
      fc.constantFrom(...lines),
      fc.nat(),
      fc.nat(60),
      fc.oneof(fc.string(), fc.constantFrom('null', '{}', '[]', '"x"', '}{', '1e999', '\0')),
    )
    .map(([line, at, length, text]) => {
      const from = at % (line.length + 1);
      return line.slice(0, from) + text + line.slice(from + length);
    });

  it('never throws, and what it remembers survives being stored', () => {
    fc.assert(
      fc.property(
        fc.array(damaged, { maxLength: 12 }),
        fc.constantFrom('main', 'agent', 'aside'),
        (text, role) => {
          let state = initialReaderState(role, role === 'agent' ? 'a1' : null, 0);
          for (const [index, line] of text.entries()) {
            const restored = parseReaderState(serializeReaderState(state));
            for (const record of parseLine(line).records) {
              const said = readRecord(state, record, `line:${index}`);
              expect(readRecord(restored, record, `line:${index}`)).toEqual(said);
            }
            expect(restored).toEqual(state);
            state = restored;
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never throws on a record whose fields hold anything', () => {
    const anything = fc.anything({ maxDepth: 3 }).map((value): unknown => {
      const json = JSON.stringify(value, (_key, v: unknown) => (typeof v === 'bigint' ? 1 : v)) as
        string | undefined;
      return json === undefined ? null : (JSON.parse(json) as unknown);
    });
    const types = [
      'user',
      'assistant',
      'system',
      'attachment',
      'progress',
      'summary',
      'cost-state',
      'pr-link',
    ];
    const record = fc.record({
      type: fc.constantFrom(...types),
      subtype: fc.constantFrom('api_error', 'compact_boundary', 'turn_duration', undefined),
      message: fc.oneof(
        anything,
        fc.record({
          id: anything,
          model: anything,
          content: fc.array(
            fc.record({
              type: fc.constantFrom('text', 'tool_use', 'tool_result'),
              id: fc.constantFrom('t', 1),
              tool_use_id: fc.constant('t'),
              name: fc.constantFrom('TodoWrite', 'TaskUpdate', 'Task', 'Write', 'constructor', 5),
              input: anything,
              content: anything,
              text: anything,
              is_error: fc.boolean(),
            }),
          ),
          usage: anything,
        }),
      ),
      ...Object.fromEntries(
        [
          'attachment',
          'data',
          'timestamp',
          'uuid',
          'toolUseResult',
          'todos',
          'cwd',
          'isMeta',
          'summary',
          'leafUuid',
          'error',
          'totalCostUSD',
          'prUrl',
          'compactMetadata',
        ].map((key) => [key, anything]),
      ),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), (records) => {
        const state = initialReaderState('main', null, 0);
        for (const one of records) readRecord(state, one, 'x');
        expect(parseReaderState(serializeReaderState(state))).toEqual(state);
      }),
      { numRuns: 200 },
    );
  });
});
