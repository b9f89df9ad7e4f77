'use client';

import type { MalformedLine } from '@claude-optimizer/protocol';
import { Fragment } from 'react';
import { ErrorState } from '@/components/ErrorState';
import { RelativeTime } from '@/components/RelativeTime';
import { useAnswer } from '@/hooks/useAnswer';
import { fetchMalformed } from '@/lib/api';
import { useMalformedLines } from '@/lib/feed/hooks';
import { formatExact } from '@/lib/format';

const HEAD = 'h-7 px-2 text-left text-2xs font-medium text-ink-3';
const CELL = 'px-2 py-1.5 align-top';

/** A path that breaks after its slashes, where it must. */
function BreakablePath({ path }: { path: string }) {
  return path.split(/(?<=[/\\])/).map((part, at) => (
    <Fragment key={at}>
      {part}
      <wbr />
    </Fragment>
  ));
}

/** The lines of transcripts that could not be read; they are skipped, nothing else is lost. */
export function MalformedLines() {
  const { value, error, reload } = useAnswer(fetchMalformed, useMalformedLines());
  return (
    <section aria-labelledby="malformed" className="space-y-1.5">
      <h2 id="malformed" className="text-xs font-semibold">
        Unreadable lines
      </h2>
      <p className="text-ink-2">
        Such a line is skipped and counted; everything around it is read.
      </p>
      {error && <ErrorState error={error} onRetry={reload} />}
      {value?.lines.length === 0 && <p className="text-ink-3">None.</p>}
      {value && value.lines.length > 0 && (
        <div className="overflow-hidden rounded-md border border-line bg-surface">
          <table aria-labelledby="malformed" className="w-full border-collapse">
            <thead className="max-md:sr-only">
              <tr className="border-b border-line">
                <th className={`${HEAD} pl-3`}>File</th>
                <th className={HEAD}>Reason</th>
                <th className={`${HEAD} text-right`}>Byte</th>
                <th className={`${HEAD} pr-3 text-right`}>Seen</th>
              </tr>
            </thead>
            <tbody>
              {value.lines.map((line) => (
                <Row key={`${line.file}:${line.byteOffset}`} line={line} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {value && value.total > value.lines.length && (
        <p className="text-xs text-ink-2">
          The newest {formatExact(value.lines.length)} of {formatExact(value.total)}.
        </p>
      )}
    </section>
  );
}

/** On a phone the file has a line of its own. */
function Row({ line }: { line: MalformedLine }) {
  return (
    <tr className="border-b border-line last:border-b-0 max-md:grid max-md:grid-cols-[1fr_auto_auto] max-md:p-1">
      <td
        className={`${CELL} font-mono text-xs leading-5 [overflow-wrap:anywhere] max-md:col-span-3 max-md:pb-0 md:pl-3`}
      >
        <BreakablePath path={line.file} />
      </td>
      <td className={CELL}>{line.reason}</td>
      <td
        className={`${CELL} text-right whitespace-nowrap text-ink-2 tabular-nums max-md:before:content-['byte_']`}
      >
        {formatExact(line.byteOffset)}
      </td>
      <td className={`${CELL} text-right whitespace-nowrap text-ink-2 md:pr-3`}>
        <RelativeTime at={line.seenAt} />
      </td>
    </tr>
  );
}
