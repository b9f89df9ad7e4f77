import type { Redaction } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { hideCode } from './hide-code.js';
import { PathNames } from './path-names.js';
import { Redactor } from './redactor.js';
import { timelineEntry } from './timeline.js';

const PROJECT = '/home/marlene/clients/megacorp/gift-shop';

function hiding(...files: string[]): PathNames {
  const names = new PathNames();
  names.addProject(PROJECT);
  for (const file of files) names.addFile(file);
  return names;
}

describe('PathNames', () => {
  it.each([
    ['an absolute path', `see ${PROJECT}/src/pay.ts now`, 'see file-1.ts now'],
    ['the project itself', `cd ${PROJECT} && ls`, 'cd project-1 && ls'],
    ['its name as a word', 'the Gift-Shop repo', 'the project-1 repo'],
    ['a folder above it', 'for Megacorp only', 'for folder-3 only'],
    ['a person’s name', 'hello marlene!', 'hello folder-1!'],
    ['a relative path', 'edit src/pay.ts, please.', 'edit file-1.ts, please.'],
    ['a bare file name', 'in pay.ts:12 it fails', 'in file-1.ts:12 it fails'],
    ['a dotfile', 'put it into .env.local', 'put it into file-1'],
    ['a home path', 'cat ~/notes/secret', 'cat path-1'],
    ['a Windows path', String.raw`open C:\Users\Marlene\pay.ts`, 'open file-1.ts'],
    ['a path cut off', '/home/marlene/clients/megac…', 'path-1…'],
    ['an address', 'at https://git.megacorp.com/gift/shop?x=1.', 'at link-1.'],
    ['a remote', 'clone git@git.megacorp.com:gift/shop.git', 'clone link-1'],
    [
      'the folder of its transcripts',
      '-home-marlene-clients-megacorp-gift-shop',
      '-home-folder-1-folder-2-folder-3-project-1',
    ],
  ])('hides %s', (_what, text, hidden) => {
    expect(hiding().hide(text)).toBe(hidden);
  });

  it('gives one file one name, however it is written', () => {
    const names = hiding();
    expect(names.of(`${PROJECT}/src/pay.ts`)).toBe('file-1.ts');
    expect(names.hide(`src/pay.ts and pay.ts and ${PROJECT}/src/pay.ts; src/tax.ts`)).toBe(
      'file-1.ts and file-1.ts and file-1.ts; file-2.ts',
    );
  });

  it('knows files that look like words, and those with spaces', () => {
    const names = hiding(`${PROJECT}/Procfile`, `${PROJECT}/My Secret Notes.md`);
    expect(names.hide('the Procfile and My Secret Notes.md')).toBe('the path-1 and file-1.md');
  });

  it('leaves words alone that only look like paths', () => {
    const text = 'and/or 12/03/2026 3/4 Node.js TCP/IP v1.2.3 e.g. 50% of it / none';
    expect(hiding().hide(text)).toBe(text);
  });
});

describe('hideCode', () => {
  it.each([
    ['fences', 'Before\n```ts\nconst a = 1\n```\nafter', 'Before\n[code]\nafter'],
    ['a fence that was cut off', 'Look: ```py import os', 'Look: [code]'],
    ['what is quoted', 'use `npm ci` here', 'use [code] here'],
    [
      'lines of code',
      'Fix this:\nfunction pay(a) {\n  return a;\n}\nThanks',
      'Fix this:\n[code]\nThanks',
    ],
    ['a command', 'please run npm install left-pad', 'please run [code]'],
    ['SQL', 'it says select name from users where id = 1', '[code]'],
    ['markup', 'it shows <div class="x">hi</div>', '[code]'],
  ])('hides %s', (_what, text, hidden) => {
    expect(hideCode(text)).toBe(hidden);
  });

  it('leaves prose alone', () => {
    const text =
      'Make the button larger, and let it go red (only on errors). Then tell the file(s).';
    expect(hideCode(text)).toBe(text);
  });
});

describe('Redactor', () => {
  const tool = timelineEntry({
    ...{ seq: 1, sessionId: 's', timestamp: 0, type: 'session:tool', toolUseId: 't', name: 'Bash' },
    ...{ agentId: null, phase: 'end', label: 'Charge SECRET twice', outcome: 'ok', durationMs: 5 },
  });

  it.each<[Redaction]>([['code'], ['prompts']])('with %s keeps no label of a tool', (redaction) => {
    expect(tool && new Redactor([redaction]).entry(tool)).toMatchObject({ text: '', tool: 'Bash' });
  });

  it('names objectives by number where words are left out, the same each time', () => {
    const redactor = new Redactor(['prompts']);
    const entry = (text: string) => tool && { ...tool, kind: 'objective' as const, text };
    const said = ['a', 'b', 'a'].map((text) => {
      const one = entry(text);
      return one && redactor.entry(one).text;
    });
    expect(said).toEqual(['Objective 1', 'Objective 2', 'Objective 1']);
  });
});
