'use client';

import type { Evidence, Finding, Story } from '@claude-optimizer/core/story';
import { CircleCheck } from 'lucide-react';
import { memo, useState } from 'react';
import { Button } from '@/components/Button';
import { Cost } from '@/components/Cost';
import { Tokens } from '@/components/Tokens';
import { formatClock, formatExact, formatMoment, formatPercent } from '@/lib/format';
import { Panel } from '../Panel';
import { PlaceLink } from '../story/PlaceLink';
import { aboutText, FINDING_WORDS } from './words';

const FEW = 3;
const MOST = 50;

/** What stands out in the cost, each with its evidence; the dearest first. */
export const FindingList = memo(function FindingList({
  story,
  found,
}: {
  story: Story;
  found: readonly Finding[];
}) {
  return (
    <Panel
      title="What stands out"
      aside={<span className="text-xs text-ink-3">{formatExact(found.length)}</span>}
    >
      {found.length === 0 ? (
        <p className="flex items-center gap-2 p-3 text-xs text-ink-2">
          <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />
          No missed cache, no large result, nothing read again and again.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {found.map((finding) => (
            <li key={finding.kind} className="px-3 py-2.5">
              <FindingCase finding={finding} total={story.cost} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
});

function FindingCase({ finding, total }: { finding: Finding; total: number | null }) {
  const [isWhole, setWhole] = useState(false);
  const { title, text, tokens: kind } = FINDING_WORDS[finding.kind];
  const { evidence, cost, unpriced, tokens } = finding;
  const shown = evidence.slice(0, isWhole ? MOST : FEW);
  const share = cost !== null && total ? cost / total : null;
  // Without a cost of its own it isn't unknown: it is about tokens.
  const isAboutCost = cost !== null || unpriced > 0;
  return (
    <>
      <h3 className="flex items-baseline justify-between gap-3 text-sm font-medium">
        <span>{title}</span>
        {isAboutCost && (
          <Cost
            microdollars={cost}
            unpriced={{ messages: unpriced, tokens: 0 }}
            className="shrink-0 font-semibold"
          />
        )}
      </h3>
      <p className="mt-0.5 text-xs text-ink-3 tabular-nums">
        {formatExact(evidence.length)} {evidence.length === 1 ? 'case' : 'cases'} ·{' '}
        <Tokens count={tokens} /> {kind}
        {share !== null && ` · ${formatPercent(share)} of the cost`}
      </p>
      <p className="mt-1 text-xs text-ink-2">{text}</p>
      <ul className="mt-1.5 space-y-0.5 text-xs">
        {shown.map((one) => (
          <EvidenceLine key={`${one.at} ${one.place ?? ''} ${aboutText(one.about)}`} one={one} />
        ))}
      </ul>
      {evidence.length > FEW && (
        <Button
          size="small"
          look="quiet"
          className="mt-1 -ml-2"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? 'Show fewer' : `Show ${formatExact(Math.min(evidence.length, MOST))}`}
          <span className="sr-only"> cases of {title}</span>
        </Button>
      )}
    </>
  );
}

function EvidenceLine({ one }: { one: Evidence }) {
  const text = aboutText(one.about);
  return (
    <li className="flex items-baseline gap-2">
      <time
        dateTime={new Date(one.at).toISOString()}
        title={formatMoment(one.at)}
        className="shrink-0 text-2xs text-ink-3"
      >
        {formatClock(one.at)}
      </time>
      <PlaceLink place={one.place} className="min-w-0 flex-1 truncate">
        <span title={text}>{text}</span>
      </PlaceLink>
      <span className="shrink-0 text-2xs text-ink-2 tabular-nums">
        <Tokens count={one.tokens} />
        {one.cost !== null && (
          <>
            {' · '}
            <Cost microdollars={one.cost} />
          </>
        )}
      </span>
    </li>
  );
}
