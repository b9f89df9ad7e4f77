import { expect, it } from 'vitest';
import { indexable, signBits } from './words.js';

const SIGN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;
const MARK = /^\p{M}$/u;

it('sets each sign of a script without spaces apart, with its marks, and nothing else', () => {
  // Beyond the third plane there are no letters.
  for (let code = 0; code < 0x40000; code += 1) {
    const letter = String.fromCodePoint(code);
    const isSign = SIGN.test(letter);
    if (indexable(`a${letter}\u0301b`) === (isSign ? `a ${letter}\u0301 b` : `a${letter}\u0301b`))
      continue;
    expect.fail(`U+${code.toString(16)} is taken wrongly`);
  }
  expect(indexable('漢字か\u3099, 🎉漢🎉 half\ud83d𠀀')).toBe(
    ' 漢  字  か\u3099 , 🎉 漢 🎉 half\ud83d 𠀀 ',
  );
});

it('has a bit for each sign and each mark up to U+FFFF', () => {
  const { signs, marks } = signBits();
  const has = (bits: Uint8Array, code: number) =>
    (((bits[code >> 3] ?? 0) >> (code & 7)) & 1) === 1;
  const wrong = Array.from({ length: 0x10000 }, (_, code) => code).filter((code) => {
    const letter = String.fromCharCode(code);
    return has(signs, code) !== SIGN.test(letter) || has(marks, code) !== MARK.test(letter);
  });
  expect(wrong).toEqual([]);
});
