'use client';

import { FirstFigure } from '@/components/FirstFigure';
import { useIndexing, useIsIndexed, useIsLoaded } from '@/lib/feed/hooks';
import { formatExact, formatPercent } from '@/lib/format';
import { Meter } from '@/components/Meter';

/** How far the server has read the past; nothing once it has read all. */
export function IndexingProgress() {
  const { filesDone, filesTotal } = useIndexing();
  const isIndexed = useIsIndexed();
  const isLoaded = useIsLoaded();
  if (!isLoaded) return <FirstProgress />;
  if (isIndexed || filesTotal === 0) return null;
  const text = `${formatExact(filesDone)} of ${formatExact(filesTotal)} files`;
  return (
    <span
      className="inline-flex items-center gap-2 text-xs whitespace-nowrap text-ink-2"
      title="Reading the transcripts of the past. Totals grow until it is done."
    >
      <Meter
        share={filesDone / filesTotal}
        label={`Indexed ${text}`}
        color="var(--accent)"
        className="w-12 max-sm:sr-only"
      />
      <span className="max-sm:hidden">{text}</span>
      <span aria-hidden className="sm:hidden">
        {formatPercent(filesDone / filesTotal)} read
      </span>
    </span>
  );
}

function FirstProgress() {
  const look = 'text-xs whitespace-nowrap text-ink-2';
  return (
    <>
      <FirstFigure name="files" className={`${look} max-sm:hidden`} />
      <FirstFigure name="share" className={`${look} sm:hidden`} />
    </>
  );
}
