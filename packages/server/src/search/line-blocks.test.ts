import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineBlocks } from './line-blocks.js';

const LONGEST = 40;

/** The lines that the blocks hold, each with where it stands; and how far was read. */
async function linesOf(file: Buffer, chunk: number, from: number) {
  const raw = {
    read: (_ref: string, begin: number, end: number) => Promise.resolve(file.subarray(begin, end)),
  };
  const lines: [at: number, line: string][] = [];
  let read = from;
  const room = Buffer.alloc(chunk);
  const bounds = { from, to: file.length, longest: LONGEST, room };
  for await (const { bytes, at, closed } of lineBlocks(raw, 'f', bounds)) {
    expect(closed).toBe(bytes.length === 0 || bytes.at(-1) === 0x0a);
    let begin = at;
    for (const line of bytes
      .toString('latin1')
      .split('\n')
      .slice(0, closed ? -1 : undefined)) {
      lines.push([begin, line]);
      begin += line.length + 1;
    }
    read = at + bytes.length;
  }
  return { lines, read };
}

it('gives every line once, where it stands, but those that are much too long', async () => {
  const length = fc.oneof(fc.nat(12), fc.integer({ min: LONGEST + 30, max: 200 }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(length, { maxLength: 20 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 29 }),
      async (lengths, isClosed, chunk) => {
        const texts = lengths.map((count, at) => String.fromCharCode(97 + (at % 26)).repeat(count));
        const file = Buffer.from(texts.join('\n') + (isClosed && texts.length > 0 ? '\n' : ''));
        let at = 0;
        const wanted = texts.flatMap((text, index): [number, string][] => {
          const begin = at;
          at += text.length + 1;
          const isOpen = index === texts.length - 1 && !isClosed;
          return text.length > LONGEST || (isOpen && text === '') ? [] : [[begin, text]];
        });
        const { lines, read } = await linesOf(file, chunk, 0);
        expect(lines).toEqual(wanted);
        if (isClosed && texts.length > 0) expect(read).toBe(file.length);
      },
    ),
  );
});

it('goes on in the middle of a file', async () => {
  const file = Buffer.from('one\ntwo\nthree');
  expect(await linesOf(file, 3, 4)).toEqual({
    lines: [
      [4, 'two'],
      [8, 'three'],
    ],
    read: 13,
  });
});
