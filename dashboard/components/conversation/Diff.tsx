import type { Hunk } from '@claude-optimizer/protocol';
import { structuredPatch } from 'diff';
import { Fragment, memo, useMemo } from 'react';
import { useSides } from './diff-look';
import { SideDiff } from './SideDiff';
import { visibleText } from '@claude-optimizer/protocol';

const LOOKS = {
  '+': { row: 'bg-good-soft', sign: 'text-good', says: 'added' },
  '-': { row: 'bg-danger-soft', sign: 'text-danger', says: 'removed' },
  ' ': { row: '', sign: 'text-ink-3', says: '' },
};

/** Lines that were changed, with their numbers where they are known. */
export const Diff = memo(function Diff({
  hunks,
  numbered,
}: {
  hunks: readonly Hunk[];
  numbered: boolean;
}) {
  const isBeside = useSides();
  return (
    <div
      dir="ltr"
      tabIndex={0}
      role="group"
      aria-label="Changes"
      className="max-h-[32rem] overflow-auto rounded-sm border border-line bg-surface font-mono text-xs"
    >
      {isBeside ? (
        <SideDiff hunks={hunks} numbered={numbered} />
      ) : (
        <UnifiedDiff hunks={hunks} numbered={numbered} />
      )}
    </div>
  );
});

function UnifiedDiff({ hunks, numbered }: { hunks: readonly Hunk[]; numbered: boolean }) {
  return (
    <table className="w-full border-collapse">
      <tbody>
        {hunks.map((hunk, at) => (
          <Fragment key={at}>
            {at > 0 && (
              <tr aria-hidden>
                <td colSpan={2} className="bg-sunken px-2 text-ink-3">
                  ⋯
                </td>
              </tr>
            )}
            <HunkRows hunk={hunk} numbered={numbered} />
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function HunkRows({ hunk, numbered }: { hunk: Hunk; numbered: boolean }) {
  return numberedLines(hunk).map(({ line, number }, at) => {
    const sign = line.startsWith('+') ? '+' : line.startsWith('-') ? '-' : ' ';
    const { row, sign: color, says } = LOOKS[sign];
    return (
      <tr key={at} className={row}>
        <td className="w-px px-2 text-right align-top whitespace-nowrap text-ink-3 tabular-nums select-none">
          {numbered && number}
        </td>
        <td className="py-px pr-2 [overflow-wrap:anywhere] whitespace-pre-wrap">
          <span aria-hidden className={`mr-1 select-none ${color}`}>
            {sign}
          </span>
          {says !== '' && <span className="sr-only">{says}: </span>}
          {visibleText(line.slice(1))}
        </td>
      </tr>
    );
  });
}

function numberedLines({ oldStart, newStart, lines }: Hunk): { line: string; number: number }[] {
  let before = oldStart;
  let after = newStart;
  return lines.map((line) => {
    if (line.startsWith('-')) return { line, number: before++ };
    if (!line.startsWith('+')) before += 1;
    return { line, number: after++ };
  });
}

/** More steps than that aren't looked for: two texts so different are one removed, one added. */
const MOST_EDITS = 1_500;

/** The lines by which two texts differ. */
export function useHunks(before: string, after: string): Hunk[] {
  return useMemo(() => hunksOf(before, after), [before, after]);
}

function hunksOf(before: string, after: string): Hunk[] {
  const patch = structuredPatch('', '', before, after, '', '', {
    context: 3,
    maxEditLength: MOST_EDITS,
  });
  if (patch) {
    return patch.hunks.map(({ oldStart, newStart, lines }) => ({
      oldStart,
      newStart,
      lines: lines.filter((line) => !line.startsWith('\\')),
    }));
  }
  const lines = (text: string, sign: string) => text.split('\n').map((line) => sign + line);
  return [{ oldStart: 1, newStart: 1, lines: [...lines(before, '-'), ...lines(after, '+')] }];
}
