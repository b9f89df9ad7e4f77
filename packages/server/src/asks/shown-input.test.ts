import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownInput } from './shown-input.js';

describe('shownInput', () => {
  it('leaves what is short as it is', () => {
    const input = { command: 'ls\n\tpwd', timeout: 5, nested: { list: [1, 'two', null, true] } };
    expect(shownInput(input)).toEqual(input);
  });

  it('cuts texts and lists with an ellipsis', () => {
    const cut = shownInput({ text: 'x'.repeat(5_000), list: Array.from({ length: 40 }, () => 1) });
    expect(cut['text']).toBe(`${'x'.repeat(4_000)}…`);
    expect((cut['list'] as unknown[]).slice(29)).toEqual([1, '…']);
  });

  it('shows what would be hidden or turned round', () => {
    const command = 'echo \u202Eevil\u202C\r\u0000\u200B';
    expect(shownInput({ command })).toEqual({
      command: 'echo \\u{202e}evil\\u{202c}\\u{d}\\u{0}\\u{200b}',
    });
  });

  it('is small whatever comes', () => {
    const big = fc.array(fc.string({ minLength: 500, maxLength: 3_000 }), { maxLength: 50 });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(big, fc.object())), (input) => {
        expect(JSON.stringify(shownInput(input)).length).toBeLessThan(300_000);
      }),
      { numRuns: 50 },
    );
  });
});
