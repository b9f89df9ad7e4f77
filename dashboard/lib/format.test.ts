import { describe, expect, it } from 'vitest';
import {
  formatDuration,
  formatExact,
  formatMoment,
  formatChange,
  formatPercent,
  formatRelative,
  formatTokens,
  modelName,
  projectName,
} from './format';

describe('formatTokens', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1.0k'],
    [12_449, '12.4k'],
    [99_949, '99.9k'],
    [99_950, '100k'],
    [999_499, '999k'],
    [999_500, '1.00M'],
    [1_813_204, '1.81M'],
    [9_995_000, '10.0M'],
    [123_400_000, '123M'],
    [2_000_000_000, '2.00B'],
    [-12_400, '−12.4k'],
  ])('%d is %s', (tokens, text) => expect(formatTokens(tokens)).toBe(text));

  it('has an exact form', () => expect(formatExact(-1_813_204)).toBe('−1,813,204'));
});

describe('formatDuration', () => {
  it.each([
    [0, '0ms'],
    [340, '340ms'],
    [1_000, '1s'],
    [59_999, '59s'],
    [252_000, '4m 12s'],
    [3_840_000, '1h 04m'],
    [273_600_000, '3d 4h'],
    [-5, '0ms'],
  ])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe('formatRelative', () => {
  const now = new Date(2026, 10, 23, 12).getTime();
  it.each([
    [-1_000, 'now'],
    [12_000, '12s ago'],
    [240_000, '4m ago'],
    [3 * 3_600_000, '3h ago'],
    [2 * 86_400_000, '2d ago'],
    [20 * 86_400_000, '3 Nov'],
    [400 * 86_400_000, '19 Oct 2025'],
  ])('%d ms before is %s', (age, text) => expect(formatRelative(now - age, now)).toBe(text));
});

it('formatMoment says the moment in full', () => {
  expect(formatMoment(new Date(2026, 10, 3, 4, 5, 9).getTime())).toBe('Tue 3 Nov 2026, 04:05:09');
});

describe('formatPercent', () => {
  it.each([
    [0, '0%'],
    [0.0004, '<0.1%'],
    [0.004, '0.4%'],
    [0.0996, '10%'],
    [0.724, '72%'],
    [1.04, '104%'],
    [Number.NaN, '–'],
  ])('%d is %s', (share, text) => expect(formatPercent(share)).toBe(text));
});

describe('formatChange', () => {
  it.each([
    [-0.754, '−75%'],
    [0, '0%'],
    [0.5, '+50%'],
    [8.4, '+840%'],
    [99.53, '101×'],
    [4_999, '5,000×'],
  ])('%d is %s', (share, text) => expect(formatChange(share)).toBe(text));
});

describe('projectName', () => {
  it.each([
    ['/home/ada/engine', 'engine'],
    ['/home/ada/engine/', 'engine'],
    ['C:\\work\\engine', 'engine'],
    ['/', '/'],
    [null, 'no project'],
  ])('%s is %s', (path, name) => expect(projectName(path)).toBe(name));
});

describe('modelName', () => {
  it.each([
    ['claude-opus-4-5-20251101', 'Opus 4.5'],
    ['claude-sonnet-4-20250514', 'Sonnet 4'],
    ['claude-3-5-haiku-latest', 'Haiku 3.5'],
    ['claude-sonnet-4-5-20250929[1m]', 'Sonnet 4.5 1M'],
    ['us.anthropic.claude-opus-4-1-20250805-v1:0', 'Opus 4.1'],
    ['claude-opus-4-1@20250805', 'Opus 4.1'],
    ['gpt-5', 'gpt-5'],
  ])('%s is %s', (id, name) => expect(modelName(id)).toBe(name));
});
