import { visibleText } from '@claude-optimizer/protocol';
import type { Token, Tokens } from 'marked';
import { escapeHtml } from './html.js';
import { decoded, DEEPEST, linkAddress, readMarkdown } from '../markdown/read-markdown.js';

/** A model's Markdown as HTML: what is HTML in it is text, pictures are links. */
export function htmlSaid(text: string): string {
  const shown = visibleText(text);
  const tokens = readMarkdown(shown);
  return tokens === null
    ? `<div class="said">${escapeHtml(shown)}</div>`
    : `<div class="md">${blocks(tokens, 0)}</div>`;
}

function blocks(tokens: readonly Token[], depth: number): string {
  return tokens.map((token) => block(token, depth)).join('');
}

function block(token: Token, depth: number): string {
  if (depth > DEEPEST) return `<p>${escapeHtml(token.raw)}</p>`;
  switch (token.type) {
    case 'space':
    case 'def':
      return '';
    case 'heading':
      // Not a heading of the document: those are of the session.
      return `<p class="h">${inline((token as Tokens.Heading).tokens, depth)}</p>`;
    case 'code':
      return `<pre>${escapeHtml((token as Tokens.Code).text)}</pre>`;
    case 'blockquote':
      return `<blockquote>${blocks((token as Tokens.Blockquote).tokens, depth + 1)}</blockquote>`;
    case 'hr':
      return '<hr>';
    case 'list':
      return list(token as Tokens.List, depth);
    case 'table':
      return table(token as Tokens.Table, depth);
    case 'paragraph':
      return `<p>${inline((token as Tokens.Paragraph).tokens, depth)}</p>`;
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return tokens ? inline(tokens, depth) : escapeHtml(decoded(text));
    }
    default:
      return `<p>${escapeHtml(token.raw)}</p>`;
  }
}

function list({ ordered, start, items }: Tokens.List, depth: number): string {
  const name = ordered ? 'ol' : 'ul';
  const first = typeof start === 'number' && start !== 1 ? ` start="${String(start)}"` : '';
  const entries = items.map((item) => {
    const box = item.task ? (item.checked ? '☑ ' : '☐ ') : '';
    const inner = item.tokens.filter(({ type }) => type !== 'checkbox');
    return `<li>${box}${blocks(inner, depth + 1)}</li>`;
  });
  return `<${name}${first}>${entries.join('')}</${name}>`;
}

function table({ header, rows }: Tokens.Table, depth: number): string {
  const cells = (row: readonly Tokens.TableCell[], name: string) =>
    `<tr>${row.map(({ tokens }) => `<${name}>${inline(tokens, depth)}</${name}>`).join('')}</tr>`;
  return `<table><thead>${cells(header, 'th')}</thead><tbody>${rows.map((row) => cells(row, 'td')).join('')}</tbody></table>`;
}

function inline(tokens: readonly Token[] | undefined, depth: number): string {
  return (tokens ?? []).map((token) => word(token, depth)).join('');
}

function word(token: Token, depth: number): string {
  if (depth > DEEPEST) return escapeHtml(token.raw);
  const within = (tag: string) =>
    `<${tag}>${inline((token as Tokens.Strong).tokens, depth + 1)}</${tag}>`;
  switch (token.type) {
    case 'strong':
      return within('strong');
    case 'em':
      return within('em');
    case 'del':
      return within('del');
    case 'codespan':
      return `<code>${escapeHtml((token as Tokens.Codespan).text)}</code>`;
    case 'br':
      return '<br>';
    case 'link':
    case 'image': {
      const { href, text, tokens } = token as Tokens.Link;
      const words =
        tokens.length > 0 ? inline(tokens, depth + 1) : escapeHtml(decoded(text || href));
      const address = linkAddress(href);
      return address === null
        ? words
        : `<a rel="noopener noreferrer" href="${escapeHtml(address)}">${words}</a>`;
    }
    case 'escape':
      return escapeHtml((token as Tokens.Escape).text);
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return tokens ? inline(tokens, depth + 1) : escapeHtml(decoded(text));
    }
    default:
      return escapeHtml(token.raw);
  }
}
