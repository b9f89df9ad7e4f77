'use client';

import type { Located, RawPassage } from '@claude-optimizer/protocol';
import { useEffect, useState } from 'react';
import { Button } from '@/components/Button';
import { DialogFrame } from '@/components/DialogFrame';
import { ErrorState } from '@/components/ErrorState';
import { Skeleton } from '@/components/Skeleton';
import { CopyButton } from '@/components/session/CopyButton';
import { useAction } from '@/hooks/useAction';
import { fetchRaw } from '@/lib/conversation/conversation-api';
import { formatExact } from '@/lib/format';
import { CodeBlock } from './CodeBlock';
import { PlainText } from './PlainText';

type Props = { id: string; at: Located; onClose: () => void };

/** The records of a passage as they stand in the transcript. */
export function RawRecord({ id, at, onClose }: Props) {
  const [raw, setRaw] = useState<RawPassage | Error | null>(null);
  const { run, isBusy, error } = useAction();
  const more = async ({ byte, end }: RawPassage['lines'][number]) => {
    const { lines } = await fetchRaw(id, at, end);
    const next = lines.find((line) => line.byte === byte);
    if (next) setRaw((had) => (had instanceof Error ? had : joined(had, next)));
  };
  useEffect(() => {
    let isGone = false;
    const take = (answer: RawPassage | Error) => {
      if (!isGone) setRaw(answer);
    };
    fetchRaw(id, at).then(take, (error: unknown) => {
      take(error instanceof Error ? error : new Error(String(error)));
    });
    return () => {
      isGone = true;
    };
  }, [id, at]);
  return (
    <DialogFrame title="Raw record" onClose={onClose} isText className="max-w-4xl">
      {raw === null && <Skeleton className="h-40" />}
      {raw instanceof Error && <ErrorState error={raw} />}
      {raw !== null &&
        !(raw instanceof Error) &&
        raw.lines.map((line) => (
          <section key={line.byte} className="space-y-1">
            <p className="flex items-center gap-2 text-xs text-ink-3">
              {formatExact(line.bytes)} bytes from byte {formatExact(line.byte)}
              {line.end < line.bytes && ` · the first ${formatExact(line.end)} are shown`}
              <CopyButton text={line.text} label="Copy the line" />
            </p>
            {line.cut ? (
              <div
                tabIndex={0}
                role="group"
                aria-label="Record"
                className="max-h-[32rem] overflow-auto rounded-sm border border-line bg-sunken px-3 py-2"
              >
                <PlainText text={line.text} mono />
              </div>
            ) : (
              <CodeBlock text={indented(line.text)} language="json" copy={false} />
            )}
            {line.end < line.bytes && (
              <Button size="small" disabled={isBusy} onClick={() => run(() => more(line))}>
                Show {formatExact(Math.min(line.bytes - line.end, line.end))} more
              </Button>
            )}
            {error && <p className="text-xs text-danger">{error.message}</p>}
          </section>
        ))}
    </DialogFrame>
  );
}

/** What there was of a line, and the next piece of it. */
function joined(had: RawPassage | null, next: RawPassage['lines'][number]): RawPassage | null {
  const lines = had?.lines.map((line) =>
    line.byte === next.byte && line.end === next.from
      ? { ...line, text: line.text + next.text, end: next.end }
      : line,
  );
  return lines ? { lines } : null;
}

function indented(line: string): string {
  try {
    return JSON.stringify(JSON.parse(line), null, 2);
  } catch {
    return line;
  }
}
