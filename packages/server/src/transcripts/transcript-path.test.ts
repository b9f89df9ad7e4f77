import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { agentNoteOf } from './agent-note.js';
import { sessionOfLines } from './session-of-lines.js';
import { transcriptPlace } from './transcript-path.js';

const ID = 'aaaaaaaa-0000-4000-8000-000000000001';
const folder = mkdtempSync(path.join(os.tmpdir(), 'transcript-path-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
function write(name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe('transcriptPlace', () => {
  it.each([
    [`-p/${ID}.jsonl`, 'main', ID, null],
    [`-p\\${ID}.jsonl`, 'main', ID, null],
    ['-p/full.jsonl', 'main', null, null],
    ['-p/agent-1a2b3c4d.jsonl', 'agent', null, '1a2b3c4d'],
    [`-p/${ID}/subagents/agent-a5f4.jsonl`, 'agent', ID, 'a5f4'],
    [`-p/${ID}/subagents/workflows/run/agent-b6.jsonl`, 'agent', ID, 'b6'],
    [`-p/${ID}/subagents/workflows/run/journal.jsonl`, 'agent', ID, 'journal'],
    [`-p/${ID}/subagents/agent-acompact-9f.jsonl`, 'aside', ID, null],
    [`-p/${ID}/subagents/agent-aprompt_suggestion-9f.jsonl`, 'aside', ID, null],
    [`-p/${ID}/subagents/agent-aside_question-9f.jsonl`, 'aside', ID, null],
  ])('knows what %s is', (file, role, sessionId, agentId) => {
    expect(transcriptPlace(file)).toEqual({ role, sessionId, agentId });
  });
});

describe('sessionOfLines', () => {
  it('is the commonest id, not one that is only quoted', () => {
    const quoted = JSON.stringify({
      sessionId: 'b',
      text: '{"sessionId":"c"} {"sessionId":"c"} {"sessionId":"c"}',
    });
    const lines = [JSON.stringify({ sessionId: 'a' }), quoted, '{"sessionId": "b"}'];
    expect(sessionOfLines(write('chat.jsonl', lines.join('\n')))).toBe('b');
  });

  it('is the name of a file that says none, and nothing while there is no line', () => {
    expect(sessionOfLines(write('named.jsonl', '{"type":"summary"}\n'))).toBe('named');
    expect(sessionOfLines(write('empty.jsonl', ''))).toBeNull();
    expect(sessionOfLines(write('begun.jsonl', '{"sessionId":"a","te'))).toBeNull();
  });
});

describe('agentNoteOf', () => {
  it('reads what is there and asks for nothing more', () => {
    write('agent-1.meta.json', '{"agentType":"Explore","description":5,"toolUseId":"t1","new":[]}');
    expect(agentNoteOf(write('agent-1.jsonl', ''))).toEqual({
      toolUseId: 't1',
      agentType: 'Explore',
      description: null,
    });
    write('agent-2.meta.json', '{"agentTy');
    expect(agentNoteOf(write('agent-2.jsonl', ''))).toBeNull();
    expect(agentNoteOf(path.join(folder, 'agent-3.jsonl'))).toBeNull();
  });
});
