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

const count = fc.oneof(fc.nat(), fc.double(), fc.constantFrom(-1, null, 'x', 2 ** 53, 1e9));
const tokens = {
  ...{ input_tokens: count, output_tokens: count, cache_read_input_tokens: count },
  ...{ cache_creation_input_tokens: count },
  cache_creation: fc.option(fc.record({ ephemeral_5m_input_tokens: count })),
};
const usage = fc.record(
  {
    ...tokens,
    ...{ speed: fc.constantFrom('fast', 'standard'), service_tier: fc.constantFrom('batch', null) },
    server_tool_use: fc.record({ web_search_requests: count }),
    iterations: fc.array(
      fc.record({ ...tokens, type: fc.constantFrom('message', 'advisor_message') }),
    ),
  },
  { requiredKeys: [] },
);
const called = fc.record({
  type: fc.constant('tool_use'),
  id: fc.constantFrom('t2', 't3'),
  name: fc.constantFrom(...CALLS, 'MultiEdit', 'TaskUpdate', 'AskUserQuestion'),
  input: fc.record(
    {
      ...{ file_path: text, command: text, content: text, old_string: text, new_string: text },
      edits: fc.array(fc.record({ old_string: text, new_string: text })),
      todos: fc.array(fc.record({ content: text, status: fc.constant('completed') })),
      questions: fc.array(fc.record({ question: text })),
      ...{ other: fc.jsonValue(), subject: text },
    },
    { requiredKeys: [] },
  ),
});
const answer = fc.record({
  ...{ type: fc.constant('assistant'), uuid: fc.uuid(), requestId: fc.constantFrom('r1', 'ä', '') },
  timestamp: fc.constantFrom('2026-01-01T00:00:00Z', 'yesterday', 5),
  ...{ cwd: fc.constantFrom('/home/dev', '/home/d\u00e9v', 'C:\\dev'), isSidechain: fc.boolean() },
  message: fc.record({
    ...{
      id: fc.constantFrom('m1', 'm2'),
      model: fc.constantFrom('claude-opus-4-6', '<synthetic>'),
    },
    content: fc.oneof(
      text,
      fc.array(fc.oneof(called, fc.record({ type: fc.constant('text'), text }))),
    ),
    stop_reason: fc.constantFrom(null, 'end_turn'),
    usage,
  }),
});

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

  it('says of an answer what its whole line says', () => {
    fc.assert(
      fc.property(answer, fc.boolean(), (one, isSpaced) => {
        const line = JSON.stringify(one, null, isSpaced ? 1 : 0).replaceAll('\n', ' ');
        expect(said('Bash', parseBytes(Buffer.from(line)))).toEqual(said('Bash', parseLine(line)));
      }),
      { numRuns: 500 },
    );
  });

  it('says of any JSON what its whole line says', () => {
    fc.assert(
      fc.property(fc.constantFrom('user', 'assistant', 'system'), fc.jsonValue(), (type, value) => {
        const one = { type, message: value, toolUseResult: value, todos: value, x: [value] };
        const line = JSON.stringify(one);
        expect(said('Task', parseBytes(Buffer.from(line)))).toEqual(said('Task', parseLine(line)));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a key twice', '{"type":"user","type":"user","uuid":"a","uuid":"b"}'],
    ['an escaped key', '{"type":"assistant","m\\u0065ssage":{"model":"m"}}'],
    ['spaces', '{"type": "user", "message": {"content": "hello"}}'],
    ['another newline', '{"type":"user","message":{"content":"hello"}}\r'],
    ['a number that is none', '{"type":"user","todos":01}'],
    ['another that is none', '{"type":"user","todos":-}'],
    ['a number with all parts', '{"type":"user","apiErrorStatus":-1.5e+3}'],
    ['a word cut off', '{"type":"user","isMeta":tru'],
    ['a comma too many', '{"type":"user","todos":[1,]}'],
    ['a bracket of another kind', '{"type":"user","todos":[1}}'],
    ['an unclosed text', '{"type":"user","message":{"content":"he'],
    ['an escape that is none', '{"type":"user","message":{"content":"\\x"}}'],
    ['a code that is none', '{"type":"user","message":{"content":"\\u12g4"}}'],
    ['a tab within a text', '{"type":"user","message":{"content":"\t"}}'],
    ['two records', '{"type":"user","uuid":"a"}{"type":"user","uuid":"b"}'],
    ['nothing', ''],
    ['a list', '[{"type":"user"}]'],
    ['very deep', `{"type":"user","x":${'['.repeat(300)}${']'.repeat(300)}}`],
  ])('reads a line with %s as the whole reader does', (_name, line) => {
    expect(said('Bash', parseBytes(Buffer.from(line)))).toEqual(said('Bash', parseLine(line)));
  });

  it('makes nothing of what nobody looks at, and of the rest only when it is asked for', () => {
    const result = { type: 'tool_result', tool_use_id: 't1', content: 'x'.repeat(9_000) };
    const line = JSON.stringify({
      ...{ type: 'user', message: { content: [result] } },
      toolUseResult: { originalFile: 'ä'.repeat(9_000), type: 'update' },
    });
    const { records } = parseBytes(Buffer.from(line));
    expect(JSON.stringify(records).length).toBeLessThan(200);
    const blocks = records[0]?.['message'] as { content: { content: string }[] };
    expect(blocks.content[0]?.content).toBe(result.content);
    parseBytes(Buffer.from('{"type":"user"}'));
    expect(() => blocks.content[0]?.content).toThrow('no longer at hand');
  });
});
