import type { Chance } from '../indexing/chance.js';

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
/** What a field may hold instead of what it should, as JSON. */
const ODD = [
  ...['null', 'true', 'false', '0', '-1', '-0', '1e308', '-1e308', '1e999', '9007199254740993'],
  ...[
    '0.1',
    '5e-324',
    '123456789012345678901234567890',
    '[]',
    '{}',
    '""',
    '"\\u0000"',
    '"\\ud800"',
  ],
  ...['"\\udc00x"', '[[[]]]', '[null]', '{"":{}}', '"9999-12-31T23:59:59.999Z"', '"1969-12-31"'],
  ...['"+275760-09-13T00:00:00.000Z"', '"-271821-04-20T00:00:00.000Z"', '{"length":1e9}'],
  ...NAMES.map((name) => JSON.stringify(name)),
  ...NAMES.map((name) => `{"${name}":{"type":"text"}}`),
];
const DEPTH = 10_000;

type Damage = (line: Buffer, chance: Chance, other: Buffer) => Buffer;

/** The same line (without its newline), damaged in one of many ways; `other` is glued to some. */
export function damaged(line: Buffer, chance: Chance, other: Buffer): Buffer {
  // The dear ones seldom: they take as long as hundreds of others.
  return (chance.when(0.002) ? chance.oneOf(DEAR) : chance.oneOf(CHEAP))(line, chance, other);
}

const flipBits: Damage = (line, { between }) => {
  const bytes = Buffer.from(line);
  for (let flips = between(1, 4); flips > 0; flips -= 1) {
    const at = between(0, bytes.length - 1);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << between(0, 7));
  }
  return bytes;
};
const cut: Damage = (line, { between }) => line.subarray(0, between(0, line.length - 1));
const cutHead: Damage = (line, { between }) => line.subarray(between(1, line.length));
const glueCut: Damage = (line, chance, other) => Buffer.concat([cut(line, chance, other), other]);
const insert =
  (what: (chance: Chance) => Buffer): Damage =>
  (line, chance) => {
    const at = chance.between(0, line.length);
    return Buffer.concat([line.subarray(0, at), what(chance), line.subarray(at)]);
  };
const nuls = insert(({ between }) => Buffer.alloc(between(1, 40)));
const noUtf8 = insert(({ oneOf }) =>
  Buffer.from(oneOf([[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2]])),
);
const nulRun: Damage = (_line, { between }) => Buffer.alloc(between(1, 4_096));
const swapField: Damage = (line, chance) => replaceValue(line, chance, chance.oneOf(ODD));
const nest: Damage = (line, chance) => {
  const open = chance.oneOf(['[', '{"a":', '[{"message":']);
  const close = open.includes('{') ? (open.startsWith('[') ? '}]' : '}') : ']';
  return replaceValue(line, chance, open.repeat(DEPTH) + '1' + close.repeat(DEPTH));
};
const nestOpen: Damage = (line, chance) => replaceValue(line, chance, '{"a":['.repeat(DEPTH));
const long: Damage = (line, chance) => replaceValue(line, chance, `"${'}{'.repeat(500_000)}"`);
const oddKey: Damage = (line, { oneOf, between }) => {
  const text = line.toString();
  const at = nth(text, /\{/gu, between(0, 9));
  return Buffer.from(
    `${text.slice(0, at + 1)}"${oneOf(NAMES)}":${oneOf(ODD)},${text.slice(at + 1)}`,
  );
};
const renameKey: Damage = (line, { oneOf, between }) => {
  const text = line.toString();
  const at = nth(text, /"\w+":/gu, between(0, 30));
  return Buffer.from(text.slice(0, at) + text.slice(at).replace(/^"\w+":/u, `"${oneOf(NAMES)}":`));
};
const notARecord: Damage = (_line, { oneOf }) =>
  Buffer.from(oneOf([...ODD, '// note', '}', '{', '"', '\uFEFF', '{}{}']));

const CHEAP: readonly Damage[] = [
  ...[flipBits, flipBits, cut, cutHead, glueCut, nuls, noUtf8, nulRun],
  ...[swapField, swapField, swapField, swapField, oddKey, renameKey, notARecord],
];
const DEAR: readonly Damage[] = [nest, nest, nestOpen, long];

/** Puts `json` in place of any value of the line: a text, number, list or object. */
function replaceValue(line: Buffer, chance: Chance, json: string): Buffer {
  const record = JSON.parse(line.toString()) as unknown;
  const places: [object, string][] = [];
  collect(record, places);
  const [parent, key] = chance.oneOf(places);
  Reflect.set(parent, key, MARK);
  return Buffer.from(JSON.stringify(record).replace(`"${MARK}"`, () => json));
}

const MARK = 'the value is put here';

function collect(value: unknown, places: [object, string][]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    places.push([value, key]);
    collect(child, places);
  }
}

function nth(text: string, pattern: RegExp, index: number): number {
  const hits = [...text.matchAll(pattern)];
  return hits[index % hits.length]?.index ?? 0;
}
