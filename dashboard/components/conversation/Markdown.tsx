import { decoded, DEEPEST, linkAddress, readMarkdown } from '@claude-optimizer/core/markdown';
import type { Token, Tokens } from 'marked';
import { Fragment, memo, type ReactNode } from 'react';
import { CodeBlock } from './CodeBlock';
import { PlainText } from './PlainText';
import { visibleText } from '@claude-optimizer/protocol';

const KEPT = 200;

const read = new Map<string, readonly Token[] | null>();

/** A model's Markdown. HTML in it is text, pictures are links, and links lead to the web only. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  const tokens = tokensOf(text);
  if (tokens === null) return <PlainText text={text} />;
  return (
    <div dir="auto" className="max-w-4xl space-y-2 [overflow-wrap:anywhere]">
      {blocks(tokens, 0)}
    </div>
  );
});

function tokensOf(text: string): readonly Token[] | null {
  const known = read.get(text);
  if (known !== undefined) return known;
  const tokens = readMarkdown(visibleText(text));
  read.set(text, tokens);
  const oldest = read.keys().next();
  if (read.size > KEPT && !oldest.done) read.delete(oldest.value);
  return tokens;
}

function blocks(tokens: readonly Token[], depth: number): ReactNode {
  return tokens.map((token, at) => <Fragment key={at}>{block(token, depth)}</Fragment>);
}

const HEADINGS = ['text-lg', 'text-lg', 'text-base', 'text-sm', 'text-sm', 'text-sm'];

function block(token: Token, depth: number): ReactNode {
  if (depth > DEEPEST) return <PlainText text={token.raw} />;
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading': {
      const { depth: level, tokens } = token as Tokens.Heading;
      // Not a heading of the page: its own are of the session, not of what was said in it.
      return (
        <p className={`font-semibold ${HEADINGS[level - 1] ?? ''}`}>{inline(tokens, depth)}</p>
      );
    }
    case 'code': {
      const { text, lang } = token as Tokens.Code;
      return <CodeBlock text={text} language={lang ?? ''} />;
    }
    case 'blockquote':
      return (
        <blockquote className="space-y-2 border-l-2 border-line-strong pl-3 text-ink-2">
          {blocks((token as Tokens.Blockquote).tokens, depth + 1)}
        </blockquote>
      );
    case 'hr':
      return <hr className="border-line" />;
    case 'list':
      return list(token as Tokens.List, depth);
    case 'table':
      return table(token as Tokens.Table, depth);
    case 'paragraph':
      return <p>{inline((token as Tokens.Paragraph).tokens, depth)}</p>;
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return tokens ? inline(tokens, depth) : decoded(text);
    }
    default:
      return <p className="whitespace-pre-wrap">{token.raw}</p>;
  }
}

function list({ ordered, start, items }: Tokens.List, depth: number): ReactNode {
  const List = ordered ? 'ol' : 'ul';
  const first = typeof start === 'number' && start !== 1 ? { start } : {};
  return (
    <List className={`space-y-1 pl-5 ${ordered ? 'list-decimal' : 'list-disc'}`} {...first}>
      {items.map((item, at) => (
        <li key={at} className={item.task ? 'list-none' : ''}>
          {item.task && <span>{item.checked ? '☑ ' : '☐ '}</span>}
          {blocks(
            item.tokens.filter(({ type }) => type !== 'checkbox'),
            depth + 1,
          )}
        </li>
      ))}
    </List>
  );
}

function table({ header, rows }: Tokens.Table, depth: number): ReactNode {
  const cell = 'border-b border-line px-2 py-1 text-left align-top';
  return (
    <div tabIndex={0} role="group" aria-label="Table" className="overflow-x-auto">
      <table className="border-collapse text-xs">
        <thead>
          <tr>
            {header.map(({ tokens }, at) => (
              <th key={at} scope="col" className={`${cell} font-semibold`}>
                {inline(tokens, depth)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map(({ tokens }, column) => (
                <td key={column} className={cell}>
                  {inline(tokens, depth)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(tokens: readonly Token[] | undefined, depth: number): ReactNode {
  return tokens?.map((token, at) => <Fragment key={at}>{word(token, depth)}</Fragment>);
}

function word(token: Token, depth: number): ReactNode {
  if (depth > DEEPEST) return token.raw;
  switch (token.type) {
    case 'strong':
      return <strong>{inline((token as Tokens.Strong).tokens, depth + 1)}</strong>;
    case 'em':
      return <em>{inline((token as Tokens.Em).tokens, depth + 1)}</em>;
    case 'del':
      return <del>{inline((token as Tokens.Del).tokens, depth + 1)}</del>;
    case 'codespan':
      return (
        <code className="rounded-sm bg-sunken px-1 py-px font-mono text-[0.92em]">
          {(token as Tokens.Codespan).text}
        </code>
      );
    case 'br':
      return <br />;
    case 'link':
    case 'image': {
      const { href, text, tokens } = token as Tokens.Link;
      return (
        <Away href={href}>
          {tokens.length > 0 ? inline(tokens, depth + 1) : decoded(text || href)}
        </Away>
      );
    }
    case 'escape':
      return (token as Tokens.Escape).text;
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return tokens ? inline(tokens, depth + 1) : decoded(text);
    }
    default:
      return token.raw;
  }
}

function Away({ href, children }: { href: string; children: ReactNode }) {
  const address = linkAddress(href);
  if (address === null) {
    return (
      <span title={href.slice(0, 300)} className="underline decoration-dotted">
        {children}
      </span>
    );
  }
  return (
    <a
      href={address}
      title={address}
      target="_blank"
      rel="noopener noreferrer"
      className="text-accent underline underline-offset-2"
    >
      {children}
    </a>
  );
}
