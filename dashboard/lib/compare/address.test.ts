import { describe, expect, it } from 'vitest';
import { compareHref, letterOf, readIds, withId } from './address';

describe('readIds', () => {
  it('takes each once, up to four, and says how many were too many', () => {
    expect(readIds('a, b,a,,c')).toEqual({ ids: ['a', 'b', 'c'], tooMany: 0 });
    expect(readIds('a,b,c,d,e,f')).toEqual({ ids: ['a', 'b', 'c', 'd'], tooMany: 2 });
    expect(readIds(null)).toEqual({ ids: [], tooMany: 0 });
  });

  it('reads what compareHref writes', () => {
    const ids = ['0f1-2', 'mate@team'];
    const query = new URLSearchParams(compareHref(ids).split('?')[1]);
    expect(readIds(query.get('ids')).ids).toEqual(ids);
  });
});

describe('withId', () => {
  it('adds, replaces, and never has one twice', () => {
    expect(withId(['a', 'b'], 'c')).toEqual(['a', 'b', 'c']);
    expect(withId(['a', 'b'], 'c', 0)).toEqual(['c', 'b']);
    expect(withId(['a', 'b'], 'a')).toEqual(['a', 'b']);
    expect(withId(['a', 'b', 'c', 'd'], 'e')).toEqual(['a', 'b', 'c', 'd']);
  });
});

it('letterOf names the columns', () => {
  expect([0, 1, 2, 3].map(letterOf).join('')).toBe('ABCD');
});
