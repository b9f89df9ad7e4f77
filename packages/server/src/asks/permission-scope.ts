import { textAt, type Fields } from '@claude-optimizer/core';

/** What 'allow for this session' stands for: equal keys are covered by one answer. */
export type PermissionScope = { key: string; words: string };

const SHELLS = new Set(['Bash', 'PowerShell']);
const FILE_FIELDS = ['file_path', 'notebook_path'] as const;

/**
 * How far an answer for the whole session goes: a shell as far as the very same command, a tool on
 * files as far as that file, one that fetches as far as that host, any other as far as the tool.
 */
export function permissionScope(toolName: string, input: Fields | null): PermissionScope {
  const command = textAt(input, 'command');
  if (SHELLS.has(toolName)) return scope(toolName, command, 'exactly this command');
  const file = FILE_FIELDS.map((field) => textAt(input, field)).find((path) => path !== null);
  if (file !== undefined) return scope(toolName, file, `${toolName} on this file`);
  const url = textAt(input, 'url');
  if (url !== null && URL.canParse(url)) {
    const { host } = new URL(url);
    return scope(toolName, host, `${toolName} on ${host}`);
  }
  return scope(toolName, null, `every call of ${toolName}`);
}

function scope(toolName: string, on: string | null, words: string): PermissionScope {
  return { key: JSON.stringify([toolName, on]), words };
}
