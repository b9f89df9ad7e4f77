'use client';

import { useSyncExternalStore } from 'react';
import { CopyButton } from '@/components/session/CopyButton';
import { visibleText } from '@claude-optimizer/protocol';
import type { highlight as Highlight } from './highlight';

/** More than this is shown in one colour: to colour it would be felt. */
const LONGEST = 12_000;

let highlight: typeof Highlight | null = null;
let loading = false;
const waiting = new Set<() => void>();

function watch(listener: () => void): () => void {
  waiting.add(listener);
  if (!loading) {
    loading = true;
    import('./highlight').then(
      (module) => {
        highlight = module.highlight;
        for (const each of waiting) each();
      },
      () => {
        loading = false;
      },
    );
  }
  return () => waiting.delete(listener);
}

/** The colours are tokens of the page; what isn't named here stays as the text is. */
const COLORS: Record<string, string> = {
  comment: 'text-ink-3 italic',
  quote: 'text-ink-3 italic',
  keyword: 'text-(--code-keyword)',
  'selector-tag': 'text-(--code-keyword)',
  literal: 'text-(--code-number)',
  number: 'text-(--code-number)',
  string: 'text-(--code-string)',
  regexp: 'text-(--code-string)',
  title: 'text-(--code-name)',
  section: 'text-(--code-name)',
  name: 'text-(--code-keyword)',
  attr: 'text-(--code-name)',
  attribute: 'text-(--code-name)',
  built_in: 'text-(--code-name)',
  type: 'text-(--code-name)',
  meta: 'text-ink-3',
  addition: 'text-good',
  deletion: 'text-danger',
};

type Props = { text: string; language?: string; copy?: boolean; className?: string };

/** Code with its colours, once what gives it colours has been loaded. */
export function CodeBlock({ text, language = '', copy = true, className = '' }: Props) {
  const shown = visibleText(text);
  return (
    <div className={`group/code relative rounded-sm border border-line bg-sunken ${className}`}>
      <pre
        dir="ltr"
        tabIndex={0}
        role="group"
        aria-label={language === '' ? 'Code' : `Code, ${language.slice(0, 30)}`}
        className="max-h-[32rem] overflow-auto px-3 py-2 font-mono text-xs [overflow-wrap:anywhere] whitespace-pre-wrap"
      >
        <code>
          <Colored text={shown} language={language} />
        </code>
      </pre>
      {copy && (
        <span className="absolute top-1 right-1 rounded-sm bg-sunken opacity-0 group-focus-within/code:opacity-100 group-hover/code:opacity-100">
          <CopyButton text={text} label="Copy the code" />
        </span>
      )}
    </div>
  );
}

/** A text in the colours of its language. */
export function Colored({ text, language }: { text: string; language: string }) {
  const color = useSyncExternalStore(
    watch,
    () => highlight,
    () => null,
  );
  const name = /^[\w+#-]{1,30}/u.exec(language)?.[0].toLowerCase() ?? '';
  const pieces = color && name !== '' && text.length <= LONGEST ? color(text, name) : null;
  if (!pieces) return text;
  return pieces.map((piece, at) =>
    piece.kind === null ? (
      piece.text
    ) : (
      <span key={at} className={COLORS[piece.kind] ?? ''}>
        {piece.text}
      </span>
    ),
  );
}

const LANGUAGES: Record<string, string> = {
  ts: 'typescript',
  tsx: 'typescript',
  mts: 'typescript',
  js: 'javascript',
  jsx: 'javascript',
  mjs: 'javascript',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  yml: 'yaml',
  md: 'markdown',
  html: 'xml',
  svg: 'xml',
  h: 'c',
  cc: 'cpp',
};

/** The language of a file by its name. */
export function languageOf(path: string): string {
  const ending = /\.(\w{1,8})$/u.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(LANGUAGES, ending) ? (LANGUAGES[ending] ?? ending) : ending;
}
