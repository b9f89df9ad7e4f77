import type { ExportFormat, ExportPart, Redaction } from '@claude-optimizer/protocol';

type Choice<T> = { value: T; label: string; hint: string };

export const FORMATS: readonly Choice<ExportFormat>[] = [
  { value: 'pdf', label: 'PDF', hint: 'A report to print or hand on: numbers, charts, timeline' },
  { value: 'html', label: 'HTML', hint: 'One file for any browser, light and dark' },
  { value: 'md', label: 'Markdown', hint: 'Text for notes, issues and pull requests' },
  { value: 'csv', label: 'CSV', hint: 'Rows for a spreadsheet' },
  { value: 'json', label: 'JSON', hint: 'Everything, for programs; comes with a schema' },
];

export const PARTS: readonly Choice<ExportPart>[] = [
  { value: 'sessions', label: 'Sessions', hint: 'One row for each session' },
  { value: 'usage', label: 'Responses', hint: 'Tokens and cost of each response' },
  { value: 'tools', label: 'Tool calls', hint: 'Each call with its outcome and time' },
];

export const REDACTIONS: readonly Choice<Redaction>[] = [
  {
    value: 'paths',
    label: 'Paths',
    hint: 'Files, projects, branches and links become file-1.ts, project-1',
  },
  { value: 'code', label: 'Code', hint: 'Commands and code in texts' },
  {
    value: 'prompts',
    label: 'Prompts and answers',
    hint: 'All words of the conversation, titles and objectives too',
  },
];

/** Whether a format has rows to choose. */
export function hasParts(format: ExportFormat): boolean {
  return format === 'csv' || format === 'json';
}
