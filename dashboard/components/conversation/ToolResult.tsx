'use client';

import type { Located, PassageOf } from '@claude-optimizer/protocol';
import { Enclosures } from './Enclosures';
import { useShown } from './context';
import { LongText } from './LongText';
import { Markdown } from './Markdown';

/** Tools whose result repeats what the input shows already, unless they failed. */
const ECHOES = new Set(['Edit', 'MultiEdit', 'Write', 'NotebookEdit', 'TodoWrite']);
/** Tools that answer in words. */
const WORDED = new Set(['Task', 'Agent', 'WebFetch', 'WebSearch']);

/** What a tool answered. */
export function ToolResult({ passage, at }: { passage: PassageOf<'tool'>; at: Located }) {
  const until = useShown((shown) => shown.until);
  const { result, name } = passage;
  const isLater = until !== null && (result?.at ?? 0) > until;
  if (result === null || isLater) return null;
  if (result.outcome === 'ok' && ECHOES.has(name ?? '')) return null;
  const failed = result.outcome === 'error';
  return (
    <div>
      <p className={`mb-0.5 text-xs font-medium ${failed ? 'text-danger' : 'text-ink-3'}`}>
        {failed ? 'Error' : result.outcome === 'ok' ? 'Result' : result.outcome}
      </p>
      {WORDED.has(name ?? '') && !failed && result.text.length === result.text.text.length ? (
        <Markdown text={result.text.text} />
      ) : result.text.length > 0 ? (
        <LongText at={at} text={result.text} look="box" label="Result" />
      ) : (
        result.enclosures.length === 0 && <p className="text-xs text-ink-3">empty</p>
      )}
      <Enclosures at={at} enclosures={result.enclosures} />
    </div>
  );
}
