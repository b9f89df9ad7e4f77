import type { PassageOf } from '@claude-optimizer/protocol';

/** What a tool was given, as text, and the file that it worked on. */
export type ShownInput = {
  file: string | null;
  input: string;
  language: 'diff' | 'bash' | 'words' | '';
};

type Fields = Record<string, unknown>;

/** A tool's input as one reads it: changes as a diff, a command as it was typed, lists as lines. */
export function toolInput(passage: PassageOf<'tool'>): ShownInput {
  const { input, name, result } = passage;
  const file = textIn(input, 'file_path') ?? textIn(input, 'notebook_path');
  const shown = (language: ShownInput['language'], text: string) => ({
    ...{ file, language, input: text },
  });
  const hunks = result?.outcome === 'ok' ? result.hunks : null;
  if (hunks) return shown('diff', hunks.map(({ lines }) => lines.join('\n')).join('\n⋯\n'));
  switch (name) {
    case 'Edit':
      return shown('diff', change(input));
    case 'MultiEdit':
      return shown('diff', listIn(input, 'edits').map(change).join('\n⋯\n'));
    case 'Write':
    case 'NotebookEdit':
      return shown('', textIn(input, 'content') ?? textIn(input, 'new_source') ?? '');
    case 'Bash':
      return shown('bash', textIn(input, 'command') ?? '');
    case 'TodoWrite':
      return shown('words', listIn(input, 'todos').map(todo).join('\n'));
    case 'Task':
    case 'Agent':
      return shown('words', textIn(input, 'prompt') ?? '');
    case 'ExitPlanMode':
      return shown('words', textIn(input, 'plan') ?? '');
    default:
      return shown('', lines(input));
  }
}

function change(edit: Fields): string {
  const signed = (text: string, sign: string) =>
    text === '' ? [] : text.split('\n').map((line) => sign + line);
  const before = signed(textIn(edit, 'old_string') ?? '', '-');
  return [...before, ...signed(textIn(edit, 'new_string') ?? '', '+')].join('\n');
}

const MARKS: Record<string, string> = { completed: '[x]', in_progress: '[~]' };

function todo(entry: Fields): string {
  const status = textIn(entry, 'status') ?? '';
  const mark = Object.hasOwn(MARKS, status) ? MARKS[status] : '[ ]';
  return `${mark ?? '[ ]'} ${textIn(entry, 'content') ?? ''}`;
}

function lines(input: Fields): string {
  return Object.entries(input)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');
}

function textIn(fields: Fields, key: string): string | null {
  const value = fields[key];
  return typeof value === 'string' ? value : null;
}

function listIn(fields: Fields, key: string): Fields[] {
  const value = fields[key];
  return Array.isArray(value)
    ? value.filter((one): one is Fields => typeof one === 'object' && one !== null)
    : [];
}
