import { describe, expect, it } from 'vitest';
import { permissionScope } from './permission-scope.js';

const key = (tool: string, input: Record<string, unknown>) => permissionScope(tool, input).key;

describe('permissionScope', () => {
  it('is the very same command for a shell', () => {
    expect(key('Bash', { command: 'ls' })).toBe(key('Bash', { command: 'ls', timeout: 5 }));
    expect(key('Bash', { command: 'ls' })).not.toBe(key('Bash', { command: 'ls -a' }));
    expect(key('Bash', {})).not.toBe(key('Bash', { command: 'ls' }));
  });

  it('is the file for a tool on files, the host for one that fetches', () => {
    expect(key('Edit', { file_path: '/a', old_string: '1' })).toBe(
      key('Edit', { file_path: '/a' }),
    );
    expect(key('Edit', { file_path: '/a' })).not.toBe(key('Write', { file_path: '/a' }));
    const page = (url: string) => key('WebFetch', { url });
    expect(page('https://a.example/x')).toBe(page('https://a.example/y'));
    expect(page('https://a.example')).not.toBe(page('https://a.example.evil'));
    expect(permissionScope('WebFetch', { url: 'https://a.example/x' }).words).toBe(
      'WebFetch on a.example',
    );
  });

  it('is the tool for any other', () => {
    expect(permissionScope('mcp__db__query', { sql: 'x' }).words).toBe(
      'every call of mcp__db__query',
    );
  });
});
