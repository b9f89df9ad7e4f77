import {
  initialReaderState,
  parseLine,
  readRecord,
  type ParsedLine,
} from '@claude-optimizer/core/transcript';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBytes } from './parse-bytes.js';

const CALLS = ['Read', 'Write', 'Edit', 'Bash', 'Task', 'TaskCreate', 'TodoWrite', 'TaskList'];

/** What a result says after the call of its tool. */
function said(tool: string, { records, malformed }: ParsedLine) {
  const state = initialReaderState('main', null, 0);
  const input = { file_path: '/a', content: 'x\ny', prompt: 'p' };
  const call = { type: 'tool_use', id: 't1', name: tool, input };
  readRecord(state, { type: 'assistant', message: { id: 'm', content: [call] } }, 'call');
  return { said: records.map((record) => readRecord(state, record, 'result')), malformed };
}

const head = fc.constantFrom(
  ...['ok ', 'Task #7 created successfully: ', '<tool_use_error>Error: ', '', '🎉'],
  ...['Permission to use Bash has been denied', "The user doesn't want to proceed", '\u001b[1m'],
);
const tail = fc.constantFrom('', '\nagentId: a1b2c3 (x)', '\nagentId: a1b2c3', '\\', '"', '\n');
const filler = fc.constantFrom('ä', '日', '🎉', '\n', '"', '\\', 'x ', '\u0007');
const text = fc
  .tuple(head, filler, fc.integer({ min: 0, max: 6_000 }), tail)
  .map(([begin, fill, times, end]) => begin + fill.repeat(times) + end);
const content = fc.oneof(
  text,
  fc.array(
    text.map((words) => ({ type: 'text', text: words })),
    { maxLength: 3 },
  ),
);
const patch = [{ lines: ['+a', '-b', ' c'] }];
const twin = fc.oneof(
  ...[fc.constant(undefined), text, fc.constant([1])],
  fc.record({ type: fc.constantFrom('create', 'update', 'text'), content: text }),
  fc.record({ originalFile: text, structuredPatch: fc.constant(patch), newString: text }),
  fc.record({ agentId: fc.constant('a9'), content: fc.tuple(fc.record({ text })) }),
  fc.record({ newTodos: fc.tuple(fc.record({ content: text, status: fc.constant('pending') })) }),
);
const block = fc.record({
  type: fc.constantFrom('tool_result', 'tool_result', 'text'),
  tool_use_id: fc.constant('t1'),
  is_error: fc.boolean(),
  content,
  text,
});
const record = fc
  .record({ blocks: fc.array(block, { minLength: 1, maxLength: 2 }), toolUseResult: twin })
  .map(({ blocks, toolUseResult }) => ({
    ...{ type: 'user', uuid: 'u', timestamp: '2026-01-01T00:00:00Z', cwd: '/home/dev' },
    message: { role: 'user', content: blocks },
    toolUseResult,
  }));

describe('parseBytes', () => {
  it('says of a result what its whole line says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CALLS), record, (tool, one) => {
        const line = JSON.stringify(one);
        expect(said(tool, parseBytes(Buffer.from(line)))).toEqual(said(tool, parseLine(line)));
      }),
      { numRuns: 300 },
    );
  });

  it('finds the same wrong with a damaged line', () => {
    const damage = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255));
    fc.assert(
      fc.property(record, fc.array(damage, { maxLength: 3 }), (one, damages) => {
        const bytes = Buffer.from(JSON.stringify(one));
        for (const [where, byte] of damages) bytes[Math.floor(where * (bytes.length - 1))] = byte;
        const whole = parseLine(bytes.toString('utf8'));
        expect(said('Bash', parseBytes(bytes))).toEqual(said('Bash', whole));
      }),
      { numRuns: 500 },
    );
  });

  it('cuts what nobody looks at', () => {
    const result = { type: 'tool_result', tool_use_id: 't1', content: 'x'.repeat(9_000) };
    const line = JSON.stringify({
      ...{ type: 'user', message: { content: [result] } },
      toolUseResult: { originalFile: 'ä'.repeat(9_000), filePath: 'p'.repeat(3_000) },
    });
    const { records } = parseBytes(Buffer.from(line));
    expect(JSON.stringify(records).length).toBeLessThan(7_000);
    expect(records[0]).toMatchObject({ toolUseResult: { filePath: 'p'.repeat(3_000) } });
  });
});
