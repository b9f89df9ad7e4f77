'use client';

import type { Health } from '@claude-optimizer/protocol';
import { CircleCheck, LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { ErrorState } from '@/components/ErrorState';
import { Meter } from '@/components/Meter';
import { Skeleton } from '@/components/Skeleton';
import { useAnswer } from '@/hooks/useAnswer';
import { fetchHealth } from '@/lib/api';
import { useNow } from '@/lib/clock';
import { useConnection, useIndexing, useIsIndexed, useMalformedLines } from '@/lib/feed/hooks';
import { formatExact } from '@/lib/format';
import { MalformedLines } from './MalformedLines';
import { Prices } from './Prices';

/** The page is looked at for a while at most: asking again now and then is enough. */
const REFRESH_MS = 10_000;

/** How the server is: version, readiness, indexing, pages, and what it could not read. */
export function HealthView() {
  const {
    value: health,
    error,
    reload,
  } = useAnswer(fetchHealth, `${useNow(REFRESH_MS)} ${useConnection().kind}`);
  return (
    <div className="max-w-6xl space-y-5 px-3 pt-3 pb-10 sm:px-4">
      <h1 className="text-xl font-semibold">Health</h1>
      {error ? <ErrorState error={error} onRetry={reload} /> : <Facts health={health} />}
      <MalformedLines />
    </div>
  );
}

function Facts({ health }: { health: Health | null }) {
  const isIndexed = useIsIndexed();
  const indexing = useIndexing();
  const malformed = useMalformedLines();
  const isReady = isIndexed || (health?.ready ?? false);
  return (
    <dl className="grid grid-cols-[max-content_1fr] rounded-md border border-line bg-surface px-3">
      <Fact name="State">{health && <Readiness isReady={isReady} />}</Fact>
      <Fact name="Transcripts read">
        {health && (
          <span className="flex items-center gap-3 tabular-nums">
            {formatExact(indexing.filesDone)} of {formatExact(indexing.filesTotal)} files
            {!isReady && indexing.filesTotal > 0 && (
              <Meter
                share={indexing.filesDone / indexing.filesTotal}
                label="Share of the transcripts that has been read"
                color="var(--accent)"
                className="w-40"
              />
            )}
          </span>
        )}
      </Fact>
      <Fact name="Unreadable lines">{health && formatExact(malformed)}</Fact>
      <Fact name="Prices">{health && <Prices pricing={health.pricing} />}</Fact>
      <Fact name="Open pages">{health && formatExact(health.clients)}</Fact>
      <Fact name="Version">{health?.version}</Fact>
    </dl>
  );
}

function Readiness({ isReady }: { isReady: boolean }) {
  const Icon = isReady ? CircleCheck : LoaderCircle;
  return (
    <span className={`flex items-center gap-1.5 ${isReady ? 'text-good' : 'text-info'}`}>
      <Icon
        aria-hidden
        className={`size-4 shrink-0 ${isReady ? '' : 'motion-safe:animate-spin'}`}
      />
      {isReady ? 'Ready: every transcript has been read' : 'Reading transcripts, newest first'}
    </span>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="col-span-2 grid grid-cols-subgrid gap-x-8 border-b border-line py-1.5 last:border-b-0">
      <dt className="text-ink-2">{name}</dt>
      <dd>{children ?? <Skeleton className="my-0.5 h-4 w-32" />}</dd>
    </div>
  );
}
