import { expect, it } from 'vitest';
import { searchedTexts } from './searched-texts.js';

const NONE = { title: '', prompt: '', answer: '', input: '', file: '', tool: '' };
const said = (record: object, inAgent = false) => searchedTexts({ ...record }, inAgent);
const user = (content: unknown, more: object = {}) => ({
  ...{ type: 'user', message: { role: 'user', content }, ...more },
});

it('takes what was said, done and named, by what it is', () => {
  expect(said(user('Fix it'))).toEqual({ ...NONE, prompt: 'Fix it' });
  expect(said({ type: 'ai-title', aiTitle: 'Fixing' })).toEqual({ ...NONE, title: 'Fixing' });
  const input = { file_path: '/a/b.ts', edits: [{ old_string: 'x', new_string: 'y' }], n: 3 };
  const content = [
    { type: 'thinking', thinking: 'hm' },
    { type: 'text', text: 'Well' },
    { type: 'tool_use', id: 't', name: 'MultiEdit', input },
  ];
  expect(said({ type: 'assistant', message: { role: 'assistant', content } })).toEqual({
    ...NONE,
    ...{ answer: 'Well', tool: 'MultiEdit', file: '/a/b.ts', input: 'x\ny' },
  });
});

it('leaves out results, what the client says, and what an agent is asked', () => {
  expect(said(user([{ type: 'tool_result', tool_use_id: 't', content: 'out' }]))).toBeNull();
  expect(said(user('reminder', { isMeta: true }))).toBeNull();
  expect(said(user('Look into it', { parentUuid: null }), true)).toBeNull();
  expect(said({ type: 'file-history-snapshot', messageId: 'm' })).toBeNull();
});
