import {
  formatCost,
  groupDigits,
  totalTokens,
  type ExportedHead,
  type TimelineEntry,
} from '@claude-optimizer/protocol';
import { entryWords, factsOf, figuresOf, shownObjectives, shownTime, titleOf } from './figures.js';

/** A heading with what is exported, when, and what was left out. */
export function markdownTitle(title: string, said: readonly string[]): string {
  return `# ${inline(title)}\n\n${said.map((line) => `${inline(line)}  \n`).join('')}\n`;
}

/** A session's chapter but what happened in it, which is headed `last`. `level`: of its heading. */
export function markdownHead(head: ExportedHead, level: number, last: string): string {
  const heading = '#'.repeat(level);
  const below = `${heading}#`;
  const figures = figuresOf(head.usage, head.unpriced.messages, head.incompleteResponses);
  const parts = [
    `${heading} ${inline(titleOf(head))}`,
    figures.map(({ name, value, note }) => `- **${name}** ${value} (${inline(note)})`).join('\n'),
    table(['', ''], factsOf(head)),
    `${below} Objectives`,
    objectives(head),
    ...section(
      `${below} Models`,
      ['Model', 'Tokens', 'Cost'],
      head.usageByModel,
      ({ model, usage }) => [
        ...[model, groupDigits(totalTokens(usage)), formatCost(usage.costMicrodollars)],
      ],
    ),
    ...section(`${below} Tools`, ['Tool', 'Calls', 'Failed', 'Denied'], head.tools, (tool) => [
      ...[tool.name, String(tool.count), String(tool.errors), String(tool.denials)],
    ]),
    ...section(
      `${below} Subagents`,
      ['Subagent', 'Status', 'Tokens', 'Cost'],
      head.agents,
      (agent) => [
        agent.description ?? agent.type ?? agent.id,
        agent.status,
        groupDigits(totalTokens(agent.usage)),
        formatCost(agent.usage.costMicrodollars),
      ],
    ),
    ...section(`${below} Files`, ['File', 'Edits', 'Added', 'Removed'], head.files, (file) => [
      ...[file.path, String(file.edits), String(file.linesAdded), String(file.linesRemoved)],
    ]),
    `${below} ${last}`,
  ];
  return `${parts.join('\n\n')}\n\n`;
}

/** One line of a timeline. */
export function markdownEntry(entry: TimelineEntry): string {
  const { what, text, outcome } = entryWords(entry);
  const end = outcome === '' ? '' : ` _(${inline(outcome)})_`;
  const where = entry.agentId === null ? '' : '↳ ';
  return `- ${shownTime(entry.at)} ${where}**${inline(what)}** ${inline(text)}${end}\n`;
}

function objectives(head: ExportedHead): string {
  const { shown, note } = shownObjectives(head);
  const lines = shown.map(({ text, status }) => {
    const mark = status === 'completed' ? 'x' : ' ';
    return `- [${mark}] ${inline(text)}${status === 'in_progress' ? ' _(in progress)_' : ''}`;
  });
  return [...lines, ...(note === '' ? [] : [lines.length === 0 ? note : `\n${note}`])].join('\n');
}

function section<T>(
  title: string,
  header: string[],
  rows: readonly T[],
  cells: (row: T) => string[],
): string[] {
  return rows.length === 0 ? [] : [title, table(header, rows.map(cells))];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(inline).join(' | ')} |`;
  return [line(header), `|${' --- |'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}

/** Text on one line in which nothing is markup: neither Markdown nor HTML. */
export function inline(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/[\\`*_{}[\]<>#|~]/gu, '\\$&')
    .replace(/&(?=[#a-z])/giu, '\\&')
    .replace(/^(\s*)([-+=])/u, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/u, '$1\\$2')
    .replace(/(https?|ftp):/giu, '$1\\:')
    .replace(/www\./giu, 'www\\.');
}
