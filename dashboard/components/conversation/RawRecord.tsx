'use client';

import type { Located, RawPassage } from '@claude-optimizer/protocol';
import { useEffect, useState } from 'react';
import { DialogFrame } from '@/components/DialogFrame';
import { ErrorState } from '@/components/ErrorState';
import { Skeleton } from '@/components/Skeleton';
import { CopyButton } from '@/components/session/CopyButton';
import { fetchRaw } from '@/lib/conversation/conversation-api';
import { formatExact } from '@/lib/format';
import { CodeBlock } from './CodeBlock';

type Props = { id: string; at: Located; onClose: () => void };

/** The records of a passage as they stand in the transcript. */
export function RawRecord({ id, at, onClose }: Props) {
  const [raw, setRaw] = useState<RawPassage | Error | null>(null);
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
              {line.cut && ` · the first ${formatExact(line.text.length)} are shown`}
              <CopyButton text={line.text} label="Copy the line" />
            </p>
            <CodeBlock
              text={line.cut ? line.text : indented(line.text)}
              language="json"
              copy={false}
            />
          </section>
        ))}
    </DialogFrame>
  );
}

function indented(line: string): string {
  try {
    return JSON.stringify(JSON.parse(line), null, 2);
  } catch {
    return line;
  }
}
