import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tell } from './telling.fixture.js';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString();
const prompt = (second: number, content: string) => ({
  ...{ type: 'user', uuid: `u${second}`, timestamp: at(second), cwd: '/w' },
  message: { role: 'user', content },
});
const titleOf = (records: readonly object[]) =>
  tell(records.map((record) => JSON.stringify(record)).join('\n')).state?.summary.title;

const first = prompt(1, 'first prompt');
const summary = { type: 'summary', summary: 'Its summary', leafUuid: 'u1' };
const ai = { type: 'ai-title', aiTitle: 'From the model' };
const custom = { type: 'custom-title', customTitle: 'By the person' };

describe('title of a session', () => {
  it.each([
    ['custom-title above all', [custom, ai, summary, first], 'By the person'],
    ['ai-title above summary and prompt', [ai, summary, first], 'From the model'],
    ['the summary of its own leaf above the prompt', [summary, first], 'Its summary'],
    ['the first prompt', [first], 'first prompt'],
  ])('is %s, in whatever order they stand', (_rule, records, title) => {
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        expect(titleOf(shuffled)).toBe(title);
      }),
    );
  });

  it('is the last of its kind', () => {
    const later = { ...ai, aiTitle: 'Later' };
    expect(titleOf([first, ai, later])).toBe('Later');
    expect(titleOf([first, custom, { ...custom, customTitle: 'Renamed' }, later])).toBe('Renamed');
  });

  it('stays the first prompt, and is a command only until there is a prompt', () => {
    const command = '<command-name>/plan</command-name><command-args>the trip</command-args>';
    expect(titleOf([first, prompt(2, 'second prompt')])).toBe('first prompt');
    expect(titleOf([prompt(1, command)])).toBe('/plan the trip');
    expect(titleOf([prompt(1, command), prompt(2, 'true prompt')])).toBe('true prompt');
    expect(titleOf([prompt(1, '<command-name>/clear</command-name>'), prompt(2, 'go')])).toBe('go');
  });

  it("is no other session's summary, nor an empty one", () => {
    const foreign = { type: 'summary', summary: 'Not this one', leafUuid: 'elsewhere' };
    expect(titleOf([foreign, first, { type: 'ai-title' }, { ...custom, customTitle: '' }])).toBe(
      'first prompt',
    );
  });

  it('waits for the first time of the file before it is told', () => {
    const { told } = tell(
      [ai, { type: 'mode', mode: 'normal' }].map((r) => JSON.stringify(r)).join('\n'),
    );
    expect(told).toEqual([]);
    expect(titleOf([ai, { type: 'permission-mode', permissionMode: 'plan' }, first])).toBe(
      'From the model',
    );
  });
});
