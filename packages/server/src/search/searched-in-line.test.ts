import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerKernel } from './answer-kernel.js';
import { searchedInLine } from './searched-in-line.js';

const kernel = AnswerKernel.open();
if (kernel === null) throw new Error('this machine has no kernel to be tested');

/** What is indexed of a line, in UTF-8: by the kernel where it can, and by the rules alone. */
function both(line: Buffer) {
  kernel?.release();
  const isRead = kernel?.read(line) !== null;
  kernel?.release();
  return { isRead, read: utf8(searchedInLine(line, 'main', kernel)), whole: wholly(line) };
}
const wholly = (line: Buffer) => utf8(searchedInLine(line, 'main', null));

function utf8(found: ReturnType<typeof searchedInLine>) {
  return found?.map(({ texts, ...about }) => ({
    ...about,
    texts: Object.entries(texts).map(([name, text]) => [
      name,
      text === null ? '' : Buffer.from(text).toString('hex'),
    ]),
  }));
}

/** JSON as text, so that it can be odd: fields in any order, given twice, escaped as one likes. */
type Odd = string;
const LETTERS = ['a', 'B7', ' ', '\n', '"', '\\', '/', '\u0000', '\u007f', 'é', '\u00a0', '\u0301'];
const SIGNS = [
  '漢',
  'か',
  'か\u3099',
  'ガ',
  '々',
  '\u3000',
  '，',
  '\ufeff',
  'ﾊﾞ',
  '가',
  '漢\u0301',
];
const BEYOND = ['🈀', '𠀀', '𛀀', '🏽', '\u{e0101}', '\ud83d', '\ude00', '\u{10ffff}'];
const letter = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...LETTERS, ...SIGNS, '🎉', 'x'.repeat(20), 'word ') },
  { weight: 1, arbitrary: fc.constantFrom(...BEYOND) },
);
const escaped = (text: string): Odd =>
  Array.from({ length: text.length }, (_, at) => {
    return `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');
const text = fc
  .array(fc.tuple(letter, fc.integer({ min: 0, max: 29 })), { maxLength: 9 })
  .map((letters) => {
    const parts = letters.map(([one, how]): Odd => {
      return how === 0 ? escaped(one) : JSON.stringify(one).slice(1, -1);
    });
    return `"${parts.join('')}"`;
  });
const plain = fc.constantFrom('1', '-0.5e3', 'true', 'null', '""', '[]', '{}');
const KEYS = ['file_path', 'path', 'notebook_path', 'command', 'edits', '7', 'é', '', 'a b'];
const key = fc.constantFrom(...KEYS, 'content', 'type', 'id').map((one) => JSON.stringify(one));
const fields = (pairs: readonly (readonly [Odd, Odd])[]): Odd =>
  `{${pairs.map(([name, value]) => `${name}:${value}`).join(',')}}`;
const { value: given } = fc.letrec<{ value: Odd; object: Odd; list: Odd }>((tie) => ({
  value: fc.oneof({ depthSize: 'medium' }, text, plain, tie('object'), tie('list')),
  object: fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map(fields),
  list: fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
}));
const inputs = fc.array(fc.tuple(key, given), { maxLength: 5 }).map(fields);
const field = (name: string, value: fc.Arbitrary<Odd>) =>
  value.map((one): readonly [Odd, Odd] => [JSON.stringify(name), one]);
/** The first, or now and then one of the others. */
const mostly = (first: Odd, ...others: Odd[]) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constant(first) },
    { weight: 1, arbitrary: fc.constantFrom(first, ...others) },
  );
const anyOrder = (...each: fc.Arbitrary<readonly [Odd, Odd]>[]) =>
  fc
    .tuple(fc.tuple(...each), fc.integer({ min: 0, max: 99 }), fc.nat(9))
    .map(([pairs, oddity, at]) => {
      const one = pairs[at % pairs.length];
      if (one === undefined || oddity > 2) return fields(pairs);
      // Now and then one is missing, is given twice, or comes last.
      const rest = pairs.filter((pair) => pair !== one);
      return fields(oddity === 0 ? rest : oddity === 1 ? [...pairs, one] : [...rest, one]);
    });
const said = anyOrder(field('type', fc.constant('"text"')), field('text', text));
const called = anyOrder(
  field('type', mostly('"tool_use"', '"server_tool_use"')),
  field('id', mostly('"toolu_1"', '""', '7')),
  field('name', fc.oneof(mostly('"Bash"'), text)),
  field('input', fc.oneof({ weight: 9, arbitrary: inputs }, { weight: 1, arbitrary: given })),
);
const otherBlock = fc.constantFrom(
  ...['{"type":"thinking","thinking":"hm","signature":"x"}', '{"type":"image"}', '"text"'],
);
const block = fc.oneof(
  { weight: 9, arbitrary: said },
  { weight: 9, arbitrary: called },
  { weight: 1, arbitrary: otherBlock },
);
const content = fc.oneof(
  { weight: 9, arbitrary: fc.array(block, { maxLength: 4 }).map((all) => `[${all.join(',')}]`) },
  { weight: 1, arbitrary: text },
);
const message = anyOrder(
  field('model', mostly('"claude-opus-4-6"', '"<synthetic>"', 'null')),
  field('role', fc.constant('"assistant"')),
  field('content', content),
);
const answer = anyOrder(
  field('uuid', fc.constant('"u1"')),
  field('isSidechain', fc.constantFrom('false', 'true')),
  field('isApiErrorMessage', mostly('false', 'true', 'null')),
  field('type', mostly('"assistant"', '"user"')),
  field('message', message),
  field(
    'timestamp',
    mostly(
      ...['"2026-03-29T01:59:59.123Z"', '"2024-02-29T00:00:00.000Z"', '"2026-02-30T00:00:00.000Z"'],
      ...['"2026-03-29T01:59:59Z"', '"2026-03-29T01:59:59.123456Z"', '"yesterday"', '5', '""'],
    ),
  ),
);

describe('an answer read from its bytes', () => {
  it('holds what the whole line holds, however odd it is', () => {
    let read = 0;
    fc.assert(
      fc.property(answer, (line) => {
        const { isRead, read: bytes, whole } = both(Buffer.from(line));
        expect(bytes).toEqual(whole);
        if (isRead) read += 1;
      }),
      { numRuns: 3_000 },
    );
    // Most are for the rules, but not so many that nothing was shown.
    expect(read).toBeGreaterThan(600);
  });

  it('holds what the whole line holds where bytes are damaged, too', () => {
    const damage = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255));
    fc.assert(
      fc.property(answer, fc.array(damage, { minLength: 1, maxLength: 3 }), (line, damages) => {
        const bytes = Buffer.from(line);
        for (const [where, byte] of damages) {
          bytes[Math.floor(where * (bytes.length - 1))] = byte === 0x0a ? 0x20 : byte;
        }
        const { read, whole } = both(bytes);
        expect(read).toEqual(whole);
      }),
      { numRuns: 2_000 },
    );
  });

  const call = (input: object) => ({ type: 'tool_use', id: 't', name: 'Bash', input });
  const lineOf = (...blocks: object[]) =>
    JSON.stringify({
      ...{ type: 'assistant', timestamp: '2026-03-29T01:59:59.123Z' },
      message: { model: 'm', content: blocks },
    });
  const LONG = 'wörd 漢字 '.repeat(6_000);
  const deep = (depth: number): object => (depth === 0 ? { x: 'end' } : { x: [deep(depth - 1)] });

  it.each([
    ['a text', lineOf({ type: 'text', text: '\n\n→ Done: 漢字 and か\u3099 “quoted” 🎉' }), true],
    ['a picture first', lineOf({ type: 'text', text: '🎉 done' }), true],
    ['blanks alone', lineOf({ type: 'text', text: ' \n\t\r\f ' }), true],
    ['several blocks', lineOf({ type: 'text', text: 'a' }, call({ a: ['b', { c: 'd' }] })), true],
    ['files', lineOf(call({ path: 'p', x: 'y', file_path: 'f', notebook_path: 3 })), true],
    ['as deep as is looked', lineOf(call(deep(4))), true],
    ['deeper', lineOf(call(deep(5))), false],
    ['a blank of another kind first', lineOf({ type: 'text', text: '\u3000' }), false],
    ['as long as is indexed', lineOf({ type: 'text', text: 'x'.repeat(65_535) }), true],
    ['longer', lineOf({ type: 'text', text: `${'x'.repeat(65_530)}漢漢漢漢漢漢漢` }), false],
    ['signs, most of it', lineOf({ type: 'text', text: '漢'.repeat(21_000) }), true],
    ['long and mixed', lineOf({ type: 'text', text: LONG }), false],
    ['many texts', lineOf(call({ a: Array.from({ length: 3_000 }, () => 'x') })), false],
    [
      'many fields',
      lineOf(call(Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`k${n}`, 'x'])))),
      false,
    ],
    ['two records', lineOf({ type: 'text', text: 'a' }) + lineOf(call({ b: 'c' })), false],
    ['spaces', lineOf({ type: 'text', text: 'a' }).replaceAll(':', ': '), false],
  ])('with %s', (_name, line, isRead) => {
    const found = both(Buffer.from(line));
    expect(found).toMatchObject({ isRead, read: found.whole });
  });

  it('stands until it is released, where there is room', () => {
    kernel.release();
    const lines = Array.from({ length: 40 }, (_, n) =>
      Buffer.from(lineOf({ type: 'text', text: `${String(n)} ${'x'.repeat(60_000)}` })),
    );
    const found = lines.map((line) => searchedInLine(line, 'main', kernel));
    expect(found.map((one) => utf8(one))).toEqual(lines.map(wholly));
    const more = Array.from({ length: 20 }, () => kernel.read(lines[0] ?? Buffer.alloc(0)));
    expect(more.at(-1)).toBeNull();
    kernel.release();
    expect(kernel.read(lines[0] ?? Buffer.alloc(0))).not.toBeNull();
  });
});
