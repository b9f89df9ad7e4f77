import { visibleText } from '@claude-optimizer/protocol';
import type { Token, Tokens } from 'marked';
import { decoded, DEEPEST, linkAddress, readMarkdown } from '../markdown/read-markdown.js';

/** A model's Markdown, written anew: lines in which nothing is HTML or a picture. */
export function markdownSaid(text: string): string[] {
  const shown = visibleText(text);
  const tokens = readMarkdown(shown);
  return tokens === null ? plainLines(shown) : blocks(tokens, 0);
}

/** A text as it was written, line by line, without any mark. */
export function plainLines(text: string): string[] {
  const lines = visibleText(text).split('\n');
  return lines.map((line, at) => {
    const words = escaped(line.replace(/^[ \t]+/u, (indent) => '\u00A0'.repeat(indent.length)));
    // Two spaces end a line where another one follows it.
    return words === '' || at === lines.length - 1 ? words : `${words}  `;
  });
}

/** A text in a fence that nothing in it can end. */
export function fenced(text: string, language: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [fence + language, ...visibleText(text).split('\n'), fence];
}

/** `apart`: with an empty line between two of them. */
function blocks(tokens: readonly Token[], depth: number, apart = true): string[] {
  const all = tokens.map((token) => block(token, depth)).filter((lines) => lines.length > 0);
  return all.flatMap((lines, at) => (at === 0 || !apart ? lines : ['', ...lines]));
}

function block(token: Token, depth: number): string[] {
  if (depth > DEEPEST) return plainLines(token.raw);
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'heading':
      // Not a heading of the document: those are of the session.
      return [`**${inline((token as Tokens.Heading).tokens, depth).trim()}**`];
    case 'code': {
      const { text, lang } = token as Tokens.Code;
      return fenced(text, /^[\w+#-]{1,30}/u.exec(lang ?? '')?.[0] ?? '');
    }
    case 'blockquote':
      return blocks((token as Tokens.Blockquote).tokens, depth + 1).map((line) => `> ${line}`);
    case 'hr':
      return ['***'];
    case 'list':
      return list(token as Tokens.List, depth);
    case 'table':
      return table(token as Tokens.Table, depth);
    case 'paragraph':
      return inline((token as Tokens.Paragraph).tokens, depth).split('\n');
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return (tokens ? inline(tokens, depth) : escaped(decoded(text))).split('\n');
    }
    default:
      return plainLines(token.raw);
  }
}

function list({ ordered, start, items }: Tokens.List, depth: number): string[] {
  const first = typeof start === 'number' ? start : 1;
  return items.flatMap((item, at) => {
    const mark = ordered ? `${String(first + at)}. ` : '- ';
    const box = item.task ? (item.checked ? '[x] ' : '[ ] ') : '';
    const inner = item.tokens.filter(({ type }) => type !== 'checkbox');
    const [head = '', ...rest] = blocks(inner, depth + 1, item.loose);
    return [mark + box + head, ...rest.map((line) => ' '.repeat(mark.length) + line)];
  });
}

function table({ header, rows }: Tokens.Table, depth: number): string[] {
  const line = (cells: readonly Tokens.TableCell[]) =>
    `| ${cells.map(({ tokens }) => cell(inline(tokens, depth))).join(' | ')} |`;
  return [line(header), `|${' --- |'.repeat(header.length)}`, ...rows.map(line)];
}

function cell(words: string): string {
  return words.replace(/\s+/gu, ' ').replace(/(?<!\\)\|/gu, '\\|');
}

function inline(tokens: readonly Token[] | undefined, depth: number): string {
  return (tokens ?? []).map((token) => word(token, depth)).join('');
}

function word(token: Token, depth: number): string {
  if (depth > DEEPEST) return escaped(token.raw);
  const within = (mark: string) => {
    const words = inline((token as Tokens.Strong).tokens, depth + 1).trim();
    return words === '' ? '' : mark + words + mark;
  };
  switch (token.type) {
    case 'strong':
      return within('**');
    case 'em':
      return within('*');
    case 'del':
      return within('~~');
    case 'codespan':
      return codespan((token as Tokens.Codespan).text);
    case 'br':
      return '  \n';
    case 'link':
    case 'image': {
      const { href, text, tokens } = token as Tokens.Link;
      const words = tokens.length > 0 ? inline(tokens, depth + 1) : escaped(decoded(text || href));
      const address = linkAddress(href);
      return address === null ? words : `[${words}](<${address}>)`;
    }
    case 'escape':
      return escaped((token as Tokens.Escape).text);
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return tokens ? inline(tokens, depth + 1) : escaped(decoded(text));
    }
    default:
      return escaped(token.raw);
  }
}

function codespan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark} ${text.replace(/\s+/gu, ' ')} ${mark}`.replace(/^` ([^`]*) `$/u, '`$1`');
}

/** Text in which nothing is markup; its line breaks stay. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~]/gu, '\\$&')
    .replace(/&(?=[#a-z])/giu, '\\&')
    .replace(/^([ \t]*)([-+=])/gmu, '$1\\$2')
    .replace(/^([ \t]*\d+)([.)])(?=\s|$)/gmu, '$1\\$2')
    .replace(/(https?|ftp):/giu, '$1\\:')
    .replace(/www\./giu, 'www\\.');
}
