import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readLines } from './read-lines.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'read-lines-'));
const file = path.join(folder, 'a.jsonl');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lines(content: string | Buffer, from = 0, options: Parameters<typeof readLines>[3] = {}) {
  writeFileSync(file, content);
  const fd = openSync(file, 'r');
  try {
    return [...readLines(fd, from, (bytes) => bytes.toString(), options)].map(
      ({ content: text, ...where }) => ({ text, ...where }),
    );
  } finally {
    closeSync(fd);
  }
}

describe('readLines', () => {
  it('gives lines and where they stand, whatever the chunks are', () => {
    const line = fc.stringMatching(/^[a-zä🎉{} \r\0]{0,12}$/u);
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1 }),
        fc.integer({ min: 1, max: 20 }),
        (texts, chunkBytes) => {
          const content = texts.map((text) => `${text}\n`).join('');
          const read = lines(content, 0, { chunkBytes });
          expect(read.map(({ text }) => text)).toEqual(texts);
          let at = 0;
          for (const { start, end, closed } of read) {
            expect([start, closed]).toEqual([at, true]);
            at = end;
          }
          expect(at).toBe(Buffer.byteLength(content));
        },
      ),
    );
  });

  it('goes on from any line', () => {
    expect(lines('ab\ncd\n', 3)).toEqual([{ text: 'cd', start: 3, end: 6, closed: true }]);
    expect(lines('ab\n', 3)).toEqual([]);
  });

  it('gives a last line without newline only if it ends like a record', () => {
    expect(lines('{"a":1}\n{"b":2} \0')).toMatchObject([
      { closed: true },
      { text: '{"b":2} \0', start: 8, end: 17, closed: false },
    ]);
    for (const rest of ['{"b":2', '{"b":2},', '   ', ''])
      expect(lines(`{}\n${rest}`)).toHaveLength(1);
  });

  it('reads on when a file has grown since it was looked at', () => {
    expect(lines('{"a":1}\n{"b":2}\n', 0, { expected: 3 }).map(({ text }) => text)).toEqual([
      '{"a":1}',
      '{"b":2}',
    ]);
  });

  it('replaces bytes that are no UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('a'), Buffer.from([0xff, 0xc3]), Buffer.from('b\n')]);
    expect(lines(bytes)[0]?.text).toBe('a\uFFFD\uFFFDb');
  });

  it('passes over a line beyond the limit and keeps the place of the next', () => {
    const long = 'x'.repeat(50);
    const read = lines(`{"a":1}\n${long}\n{"b":2}\n`, 0, { maxLine: 20, chunkBytes: 16 });
    expect(read.map(({ text }) => text)).toEqual(['{"a":1}', null, '{"b":2}']);
    expect(read[2]?.start).toBe(8 + 51);
    expect(lines(`{"a":1}\n${long}}`, 0, { maxLine: 20, chunkBytes: 16 })).toHaveLength(1);
  });
});
