'use client';

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
        Such a line is skipped and counted; everything around it is read. One at the end of a file
        is often just not finished yet.
      </p>
      {error && <ErrorState error={error} onRetry={reload} />}
      {value?.lines.length === 0 && <p className="text-ink-3">None.</p>}
      {value && value.lines.length > 0 && (
        <div className="overflow-x-auto rounded-md border border-line bg-surface" tabIndex={0}>
          <table aria-labelledby="malformed" className="w-full min-w-2xl border-collapse">
            <thead>
              <tr className="border-b border-line">
                <th className={`${HEAD} pl-3`}>File</th>
                <th className={`${HEAD} text-right`}>Byte</th>
                <th className={HEAD}>Reason</th>
                <th className={`${HEAD} pr-3 text-right`}>Seen</th>
              </tr>
            </thead>
            <tbody>
              {value.lines.map((line) => (
                <tr
                  key={`${line.file}:${line.byteOffset}`}
                  className="border-b border-line last:border-b-0"
                >
                  <td
                    className={`${CELL} pl-3 font-mono text-xs leading-5 [overflow-wrap:anywhere]`}
                  >
                    <BreakablePath path={line.file} />
                  </td>
                  <td className={`${CELL} text-right tabular-nums`}>
                    {formatExact(line.byteOffset)}
                  </td>
                  <td className={CELL}>{line.reason}</td>
                  <td className={`${CELL} pr-3 text-right whitespace-nowrap text-ink-2`}>
                    <RelativeTime at={line.seenAt} />
                  </td>
                </tr>
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
