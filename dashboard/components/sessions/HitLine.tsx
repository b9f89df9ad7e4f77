import type { SearchHit } from '@claude-optimizer/protocol';
import { Fragment } from 'react';
import { QuickLink } from '@/components/QuickLink';
import { toolName } from '@/lib/format';
import { sessionHref } from '@/lib/session-path';

const KINDS = { title: 'Title', prompt: 'Prompt', answer: 'Answer', input: 'Tool' };

/** Where searched words stand: what it is, and the words marked; leads to the record. */
export function HitLine({ id, hit }: { id: string; hit: SearchHit }) {
  const name = hit.tool === null ? KINDS[hit.kind] : toolName(hit.tool.split('\n')[0] ?? '');
  return (
    <QuickLink
      href={hitHref(id, hit)}
      tabIndex={-1}
      className="relative z-10 flex min-w-0 items-baseline gap-2 text-xs leading-5 text-ink-2 hover:text-ink"
    >
      <span className="w-14 shrink-0 truncate text-2xs text-ink-3">{name}</span>
      <span className="truncate" dir="auto">
        {hit.snippet === null ? (
          <em className="text-ink-3">The transcript that says it is gone.</em>
        ) : (
          <Snippet {...hit.snippet} />
        )}
      </span>
    </QuickLink>
  );
}

function Snippet({ text, marks }: NonNullable<SearchHit['snippet']>) {
  return (
    <>
      {marks.map(([from, to], at) => (
        <Fragment key={from}>
          {text.slice(marks[at - 1]?.[1] ?? 0, from)}
          <mark className="rounded-sm bg-mark px-0.5 font-medium text-ink">
            {text.slice(from, to)}
          </mark>
        </Fragment>
      ))}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </>
  );
}

/** The address of a record in its conversation. */
function hitHref(id: string, { recordId }: SearchHit): string {
  if (recordId === null) return sessionHref(id);
  return `${sessionHref(id)}?tab=conversation&at=${encodeURIComponent(recordId)}`;
}
