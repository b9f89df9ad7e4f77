import { describe, expect, it } from 'vitest';
import { inLanes } from './lanes';

const stretch = (from: number, to: number) => ({ from, to });
const shape = (items: { from: number; to: number }[]) =>
  inLanes(items).map(({ lane, lanes }) => `${lane}/${lanes}`);

describe('inLanes', () => {
  it('gives what stands alone the whole width', () => {
    expect(shape([stretch(0, 60), stretch(60, 120)])).toEqual(['0/1', '0/1']);
  });

  it('puts what overlaps side by side and takes up a free lane again', () => {
    expect(shape([stretch(0, 90), stretch(30, 60), stretch(60, 120)])).toEqual([
      '0/2',
      '1/2',
      '1/2',
    ]);
    expect(shape([stretch(0, 50), stretch(10, 50), stretch(20, 50)])).toEqual([
      '0/3',
      '1/3',
      '2/3',
    ]);
  });

  it('loses none', () => {
    expect(inLanes([])).toEqual([]);
    expect(inLanes([stretch(5, 6), stretch(0, 1)]).map(({ item }) => item.from)).toEqual([0, 5]);
  });
});
