'use client';

import { freshTokens, promptTokens } from '@claude-optimizer/protocol';
import { memo, type ReactNode } from 'react';
import { Cost } from '@/components/Cost';
import { Meter } from '@/components/Meter';
import { Marked } from '@/components/Marked';
import { Tokens } from '@/components/Tokens';
import { formatExact, formatPercent, formatTokens } from '@/lib/format';
import { AGREEMENT_FIELDS, ClientAgreement } from './ClientAgreement';
import { shows, type Shown } from './shows';

const FIELDS = [
  ...AGREEMENT_FIELDS,
  'unpriced',
  'basis',
  'incomplete',
  'context',
  'counts',
  'rate',
] as const;

/** The session in numbers: cost, tokens, cache, context, lines. */
export const MetricsCard = memo(function MetricsCard({
  summary,
}: {
  summary: Shown<typeof FIELDS>;
}) {
  const { usage, context, counts } = summary;
  const prompt = promptTokens(usage);
  const hit = prompt === 0 ? null : usage.cacheReadTokens / prompt;
  const lastMinute = summary.rate.at(-1)?.tokens ?? 0;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-4 2xl:grid-cols-8">
      <Figure name="Cost" note={<ClientAgreement summary={summary} />} wide>
        <Cost
          microdollars={usage.costMicrodollars}
          unpriced={summary.unpriced}
          basis={summary.basis}
          incomplete={summary.incomplete}
        />
      </Figure>
      <Figure name="Output" note={outputNote(summary)}>
        <Tokens count={usage.outputTokens} />
      </Figure>
      <Figure name="Input with cache" note={`+${formatTokens(lastMinute)} in its last minute`}>
        <Tokens count={prompt} />
      </Figure>
      <Figure name="Cache hits" note={`${formatTokens(usage.cacheReadTokens)} read from cache`}>
        <Marked text={hit === null ? '–' : formatPercent(hit)} title="Share of the input tokens" />
      </Figure>
      <Figure
        name="Context"
        note={
          context?.window ? (
            <Meter
              share={context.tokens / context.window}
              label={`${formatExact(context.tokens)} of ${formatExact(context.window)} tokens`}
              color={context.tokens / context.window > 0.8 ? 'var(--warning)' : 'var(--accent)'}
              className="mt-1.5"
            />
          ) : (
            'window not known'
          )
        }
      >
        {context ? <Tokens count={context.tokens} /> : '–'}
        {context?.window ? (
          <span className="text-sm font-normal text-ink-3"> of {formatTokens(context.window)}</span>
        ) : null}
      </Figure>
      <Figure
        name="Responses"
        note={counts.prompts === 1 ? '1 prompt' : `${formatExact(counts.prompts)} prompts`}
      >
        <Marked text={formatExact(usage.messages)} />
      </Figure>
      <Figure name="Lines" note={`${formatExact(counts.tools)} tool calls`}>
        <span className="text-good">+{formatExact(counts.linesAdded)}</span>{' '}
        <span className="text-danger">−{formatExact(counts.linesRemoved)}</span>
      </Figure>
    </dl>
  );
}, shows(FIELDS));

/** How far the output count can be trusted, or else what it is part of. */
function outputNote({ usage, incomplete }: Shown<readonly ['usage', 'incomplete']>): ReactNode {
  if (incomplete === 0) return `of ${formatTokens(freshTokens(usage))} fresh tokens`;
  const responses = `${formatExact(incomplete)} ${incomplete === 1 ? 'response' : 'responses'}`;
  return (
    <span
      className="text-warning"
      title="No final count was ever written for them: more was used than is known"
    >
      {`output incomplete in ${responses}`}
    </span>
  );
}

type FigureProps = { name: string; note: ReactNode; children: ReactNode; wide?: boolean };

function Figure({ name, note, children, wide = false }: FigureProps) {
  return (
    <div className={`min-w-0 bg-surface px-3 py-2 ${wide ? 'col-span-2' : ''}`}>
      <dt className="text-2xs text-ink-3">{name}</dt>
      <dd>
        <span className="block truncate text-xl font-semibold tabular-nums">{children}</span>
        <span className="block min-h-4 truncate text-2xs text-ink-3">{note}</span>
      </dd>
    </div>
  );
}
