import { timeAxis, type Bar } from '@claude-optimizer/core/story';
import { describe, expect, it } from 'vitest';
import { moved, showing, within, zoomed } from './span';
import { ticks } from './ticks';
import { nextBar } from './walk';

describe('what is shown', () => {
  it('keeps the place around which it is zoomed, and stays on the axis', () => {
    const near = zoomed({ from: 0, to: 1_000 }, 0.5, 250, 1_000);
    expect(near).toEqual({ from: 125, to: 625 });
    expect(zoomed(near, 10, 250, 1_000)).toEqual({ from: 0, to: 1_000 });
    expect(within({ from: -50, to: 100 }, 1_000)).toEqual({ from: 0, to: 150 });
    expect(moved({ from: 800, to: 1_000 }, 0.5, 1_000)).toEqual({ from: 800, to: 1_000 });
    expect(moved({ from: 400, to: 600 }, -0.5, 1_000)).toEqual({ from: 300, to: 500 });
  });

  it('never gets shorter than can be seen, nor nothing', () => {
    const least = zoomed({ from: 500, to: 510 }, 0.001, 505, 1_000);
    expect(least.to - least.from).toBe(20);
    expect(within({ from: 3, to: 3 }, 5)).toEqual({ from: 0, to: 5 });
  });

  it('moves only when what is to be seen is outside', () => {
    const span = { from: 100, to: 200 };
    expect(showing(span, { from: 120, to: 900 }, 1_000)).toBe(span);
    expect(showing(span, { from: 500, to: 510 }, 1_000)).toEqual({ from: 490, to: 590 });
  });
});

describe('ticks', () => {
  it('are round moments, apart from one another, also over a shortened wait', () => {
    const HOUR = 3_600_000;
    const axis = timeAxis(1_000, 10 * HOUR, [{ from: HOUR, to: 9 * HOUR }]);
    const found = ticks(axis, { from: 0, to: axis.length }, 1_000);
    expect(found.length).toBeGreaterThan(4);
    for (const [index, { at, x }] of found.entries()) {
      expect(at % 60_000).toBe(0);
      expect(x - (found[index - 1]?.x ?? -96)).toBeGreaterThanOrEqual(96);
    }
  });
});

describe('arrow keys', () => {
  const bar = (id: string, row: number, from: number, to: number): Bar => ({
    ...{ id, row, from, to, kind: 'tool', name: id, label: '', agentId: null, place: null },
    ...{ isOpen: false, outcome: 'ok' },
  });
  const bars = [bar('a', 0, 0, 10), bar('b', 0, 20, 30), bar('c', 2, 5, 8), bar('d', 2, 22, 23)];
  const from = (id: string, direction: Parameters<typeof nextBar>[2]) => {
    const start = bars.find((one) => one.id === id);
    return start && nextBar(bars, start, direction).id;
  };

  it('lead along a row and to the nearest bar of the next row that has any', () => {
    expect([from('a', 'right'), from('b', 'left'), from('b', 'right')]).toEqual(['b', 'a', 'b']);
    expect([from('b', 'down'), from('d', 'up'), from('c', 'up'), from('a', 'up')]).toEqual([
      ...['d', 'b', 'a', 'a'],
    ]);
  });
});
