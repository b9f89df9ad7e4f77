import { groupDigits } from '@claude-optimizer/protocol';
import type { ExportedPassage, ExportedTool } from './exported-passage.js';
import { shownTime } from './figures.js';
import { inline } from './markdown.js';
import { fenced, markdownSaid, plainLines } from './markdown-said.js';
import { cutNote, enclosureWords, toolOutcome } from './passage-words.js';

/** So much of a result is written, in characters. */
const RESULT = 600;

/** A passage as Markdown; those of a subagent stand in a quotation. */
export function markdownPassage(passage: ExportedPassage): string {
  const lines = shown(passage);
  if (lines.length === 0) return '';
  const quoted = '> '.repeat(passage.depth);
  return `${[...lines, ''].map((line) => (quoted + line).trimEnd() + hardBreak(line)).join('\n')}\n`;
}

function hardBreak(line: string): string {
  return line.endsWith('  ') ? '  ' : '';
}

function shown(passage: ExportedPassage): string[] {
  const { kind, who, text, length, tool } = passage;
  switch (kind) {
    case 'prompt':
      return [...headed(passage, '#### '), ...plainLines(text), ...after(passage)];
    case 'answer':
      return [...headed(passage, ''), ...markdownSaid(text), ...after(passage)];
    case 'error':
      return [...headed(passage, ''), ...plainLines(text)];
    case 'output':
      return [...headed(passage, ''), ...fenced(text, ''), ...after(passage)];
    case 'thinking':
    case 'folded':
      return [`_${inline(who)}, ${groupDigits(length)} characters:_ ${begun(text)}`];
    case 'note':
      return [`_${inline(who)} ${inline(text)}_`];
    case 'thread':
      return [`**${inline(who)}** ${inline(text)}`];
    case 'tool':
      return tool === null ? [] : toolCall(passage, tool);
  }
}

function headed({ who, at }: ExportedPassage, mark: string): string[] {
  const time = at === null ? '' : ` · ${shownTime(at)}`;
  return [mark === '' ? `**${inline(who)}**${time}` : `${mark}${inline(who)}${time}`, ''];
}

function after(passage: ExportedPassage): string[] {
  const notes = [cutNote(passage), ...enclosureWords(passage)].filter((note) => note !== '');
  return notes.flatMap((note) => ['', `_${inline(note)}_`]);
}

/** The first words of what would be folded away on a page. */
function begun(text: string): string {
  const first = text.slice(0, 300).trim();
  return inline(first.length < text.trim().length ? `${first}…` : first);
}

function toolCall({ text }: ExportedPassage, tool: ExportedTool): string[] {
  const { name, input, inputCut, language, result, resultLength } = tool;
  const ended = toolOutcome(tool);
  const label = `- **${inline(name === '' ? 'Result' : name)}** ${inline(text)}${ended === '' ? '' : ` _(${ended})_`}`;
  const given =
    input === '' || input === text ? [] : fenced(input, language === 'words' ? '' : language);
  const cut = inputCut ? ['_Cut: the transcript has all of it._'] : [];
  const shownResult = result.slice(0, RESULT);
  const answer = shownResult === '' ? [] : fenced(shownResult, '');
  const note = cutNote({ text: shownResult, length: resultLength });
  const below = [given, cut, answer, note === '' ? [] : [`_${note}_`]];
  return [
    label,
    ...below
      .filter((lines) => lines.length > 0)
      .flatMap((lines) => ['', ...lines.map((line) => `  ${line}`)]),
  ];
}
