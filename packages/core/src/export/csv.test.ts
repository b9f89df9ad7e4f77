import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecord, decimalDollars } from './csv.js';

/** What a strict reader makes of records: nothing is trimmed, nothing relaxed. */
const read = (text: string) =>
  parse(text, { record_delimiter: '\r\n', relax_quotes: false, relax_column_count: false });

describe('csvRecord', () => {
  it('keeps quotes, commas and newlines of every kind for a strict reader', () => {
    const said = [
      'a "quoted" word',
      'a,b',
      'two\nlines',
      'two\r\nlines',
      'one\rmore',
      '',
      ' spaced ',
    ];
    expect(read(csvRecord(said))).toEqual([said]);
  });

  it('reads back whatever text there is, but for the apostrophe in front of a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2 }), (fields) => {
        const texts = fields.map((field) => field.replaceAll('\0', ''));
        const [back = []] = read(csvRecord(texts));
        expect(
          back.map((field, index) => (field === texts[index] ? field : field.slice(1))),
        ).toEqual(texts);
      }),
    );
  });

  it.each(['=1+1', '+1', '-1+2', '@SUM(A1)', '\t=1', '\r=1', '  =cmd|x', '＝1+1', '\n=1'])(
    'tells %j as a text',
    (formula) => {
      const [[field = ''] = []] = read(csvRecord([formula, 'x']));
      expect(field).toBe(`'${formula}`);
    },
  );

  it('leaves numbers alone, negative ones too, and what is not known empty', () => {
    expect(csvRecord([-5, 0.25, null, true, decimalDollars(-1)])).toBe(
      '-5,0.25,,true,-0.000001\r\n',
    );
  });

  it('writes nothing that is no UTF-8', () => {
    expect(csvRecord(['a\uD800b', 'c'])).toBe('a\uFFFDb,c\r\n');
  });
});

describe('decimalDollars', () => {
  it.each([
    [0, '0.000000'],
    [1, '0.000001'],
    [37_830, '0.037830'],
    [1_234_567_890, '1234.567890'],
    [-2_500_000, '-2.500000'],
  ])('of %i micro-dollars has all six digits', (microdollars, digits) => {
    expect(decimalDollars(microdollars)).toEqual({ decimal: digits });
  });

  it('of an unknown cost is null', () => {
    expect(decimalDollars(null)).toBeNull();
  });
});
