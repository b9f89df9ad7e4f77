'use client';

import { totalTokens, type Usage } from '@claude-optimizer/protocol';
import type { ComponentProps, ReactNode } from 'react';
import { Cost } from '@/components/Cost';
import { Marked } from '@/components/Marked';
import { EMPTY_FIGURE, FirstFigure } from '@/components/FirstFigure';
import { useToday } from '@/lib/feed/hooks';
import { formatExact, formatTokens } from '@/lib/format';

/** The day so far, over all sessions: cost, tokens, messages, sessions. */
export function TodayTotals() {
  const today = useToday();
  return (
    <section aria-label="Today" className="max-lg:w-full">
      <dl className="grid grid-cols-4 divide-x divide-line lg:grid-cols-[9rem_7rem_7rem_6rem]">
        <Total name="Cost today" first="cost">
          {today && (
            <Cost
              microdollars={today.usage.messages === 0 ? 0 : today.usage.costMicrodollars}
              unpriced={today.unpriced}
            />
          )}
        </Total>
        <Total name="Tokens" first="tokens">
          {today && (
            <Marked text={formatTokens(totalTokens(today.usage))} title={kinds(today.usage)} />
          )}
        </Total>
        <Total name="Messages" first="messages">
          {today && <Marked text={formatExact(today.usage.messages)} />}
        </Total>
        <Total name="Sessions" first="sessions">
          {today && <Marked text={formatExact(today.sessions)} />}
        </Total>
      </dl>
    </section>
  );
}

type TotalProps = {
  name: string;
  first: ComponentProps<typeof FirstFigure>['name'];
  children: ReactNode;
};

function Total({ name, first, children }: TotalProps) {
  return (
    <div className="px-3 first:pl-0 last:pr-0 sm:px-5 lg:text-right">
      <dt className="text-2xs whitespace-nowrap text-ink-3">{name}</dt>
      <dd className="flex h-6 items-center text-lg font-semibold sm:h-7 sm:text-xl lg:justify-end">
        {children ?? (
          <FirstFigure
            name={first}
            className={`tabular-nums ${EMPTY_FIGURE} empty:h-4 empty:w-14 sm:empty:h-5`}
          />
        )}
      </dd>
    </div>
  );
}

function kinds(usage: Usage): string {
  const writes = usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
  return [
    `${formatExact(totalTokens(usage))} tokens`,
    `input ${formatExact(usage.inputTokens)}`,
    `output ${formatExact(usage.outputTokens)}`,
    `cache write ${formatExact(writes)}`,
    `cache read ${formatExact(usage.cacheReadTokens)}`,
  ].join('\n');
}
