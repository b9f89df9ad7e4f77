import { hookSchema } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { OpenCalls } from './open-calls.js';

const hook = (name: string, more: Record<string, unknown> = {}) =>
  hookSchema.parse({ session_id: 's', hook_event_name: name, tool_name: 'Bash', ...more });
const begin = (id: string, command: string, more: Record<string, unknown> = {}) =>
  hook('PreToolUse', { tool_use_id: id, tool_input: { command }, ...more });
const request = (command: string, more: Record<string, unknown> = {}) =>
  hook('PermissionRequest', { tool_input: { command }, ...more });

describe('OpenCalls', () => {
  it('takes the newest open call with the same input', () => {
    const calls = new OpenCalls();
    for (const [id, command] of [
      ['1', 'ls'],
      ['2', 'pwd'],
      ['3', 'ls'],
    ] as const) {
      calls.follow(begin(id, command));
    }
    expect(calls.of(request('ls'))).toBe('3');
    calls.follow(hook('PostToolUse', { tool_use_id: '3' }));
    expect(calls.of(request('ls'))).toBe('1');
    expect(calls.of(request('other'))).toBeNull();
  });

  it('takes the only one of the tool when its input was written otherwise', () => {
    const calls = new OpenCalls();
    calls.follow(begin('1', 'ls  -a'));
    expect(calls.of(request('ls -a'))).toBe('1');
    calls.follow(hook('PostToolUseFailure', { tool_use_id: '1' }));
    expect(calls.of(request('ls -a'))).toBeNull();
  });

  it('keeps threads and sessions apart, and forgets with the turn', () => {
    const calls = new OpenCalls();
    calls.follow(begin('1', 'ls', { agent_id: 'a' }));
    calls.follow(begin('2', 'ls', { session_id: 'other' }));
    expect(calls.of(request('ls'))).toBeNull();
    expect(calls.of(request('ls', { agent_id: 'a' }))).toBe('1');
    calls.follow(hook('Stop'));
    expect(calls.of(request('ls', { agent_id: 'a' }))).toBe('1');
    calls.follow(hook('SubagentStop', { agent_id: 'a' }));
    expect(calls.of(request('ls', { agent_id: 'a' }))).toBeNull();
    expect(calls.of(request('ls', { session_id: 'other' }))).toBe('2');
  });

  it('believes a request that names its call', () => {
    expect(new OpenCalls().of(request('ls', { tool_use_id: 'named' }))).toBe('named');
  });

  it('keeps only so much', () => {
    const calls = new OpenCalls();
    for (let count = 0; count < 40; count += 1) calls.follow(begin(String(count), 'ls'));
    for (let count = 0; count < 600; count += 1) {
      calls.follow(begin('x', 'ls', { session_id: `s${String(count)}` }));
    }
    expect(calls.of(request('ls'))).toBeNull();
    expect(calls.of(request('ls', { session_id: 's599' }))).toBe('x');
  });
});
