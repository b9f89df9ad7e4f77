import { visibleText, type Hunk } from '@claude-optimizer/protocol';
import { Fragment } from 'react';
import { sideRows, type Side } from '@/lib/conversation/diff-sides';

type Props = { hunks: readonly Hunk[]; numbered: boolean };

/** Lines that were changed, as they were and as they became, side by side. */
export function SideDiff({ hunks, numbered }: Props) {
  return (
    <table className="w-full table-fixed border-collapse">
      <colgroup>
        <col className={numbered ? 'w-12' : 'w-2'} />
        <col />
        <col className={numbered ? 'w-12' : 'w-2'} />
        <col />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th colSpan={2} scope="colgroup">
            Before
          </th>
          <th colSpan={2} scope="colgroup">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {hunks.map((hunk, at) => (
          <Fragment key={at}>
            {at > 0 && (
              <tr aria-hidden>
                <td colSpan={4} className="bg-sunken px-2 text-ink-3">
                  ⋯
                </td>
              </tr>
            )}
            {sideRows(hunk).map(({ before, after, isChanged }, row) => (
              <tr key={row}>
                <Half side={before} sign={isChanged ? '-' : ' '} numbered={numbered} />
                <Half side={after} sign={isChanged ? '+' : ' '} numbered={numbered} isRight />
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

const LOOKS = {
  '+': { cell: 'bg-good-soft', sign: 'text-good', says: 'added: ' },
  '-': { cell: 'bg-danger-soft', sign: 'text-danger', says: 'removed: ' },
  ' ': { cell: '', sign: 'text-ink-3', says: '' },
};

type HalfProps = {
  side: Side | null;
  sign: keyof typeof LOOKS;
  numbered: boolean;
  isRight?: boolean;
};

function Half({ side, sign, numbered, isRight = false }: HalfProps) {
  const edge = isRight ? 'border-l border-line' : '';
  if (side === null) return <td colSpan={2} aria-hidden className={`bg-sunken ${edge}`} />;
  const { cell, sign: color, says } = LOOKS[sign];
  return (
    <>
      <td
        className={`px-2 text-right align-top whitespace-nowrap text-ink-3 tabular-nums select-none ${cell} ${edge}`}
      >
        {numbered && side.number}
      </td>
      <td className={`py-px pr-2 align-top [overflow-wrap:anywhere] whitespace-pre-wrap ${cell}`}>
        <span aria-hidden className={`mr-1 select-none ${color}`}>
          {sign}
        </span>
        {says !== '' && <span className="sr-only">{says}</span>}
        {visibleText(side.text)}
      </td>
    </>
  );
}
