'use client';

import { toolUseSchema, type ToolUse } from '@claude-optimizer/protocol';
import { useEffect, useState } from 'react';
import { Diff, useHunks } from '@/components/conversation/Diff';
import { ErrorState } from '@/components/ErrorState';
import { Skeleton } from '@/components/Skeleton';
import { request } from '@/lib/api';
import { plannedEdits, type PlannedEdit } from './planned-edits';

type Load = { use: ToolUse } | { error: Error } | null;

/** What a call changed in its file, from its transcript; asked for when it is to be seen. */
export function EditDiff({ id, toolUseId }: { id: string; toolUseId: string }) {
  const [load, setLoad] = useState<Load>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const asking = new AbortController();
    const path = `/api/sessions/${encodeURIComponent(id)}/tools/${encodeURIComponent(toolUseId)}`;
    request(toolUseSchema, path, { signal: asking.signal }).then(
      (use) => {
        if (!asking.signal.aborted) setLoad({ use });
      },
      (cause: unknown) => {
        if (asking.signal.aborted) return;
        setLoad({ error: cause instanceof Error ? cause : new Error(String(cause)) });
      },
    );
    return () => asking.abort();
  }, [id, toolUseId, attempt]);
  if (load === null) {
    return (
      <div role="status" className="mt-2">
        <span className="sr-only">Loading the change</span>
        <Skeleton className="h-16" />
      </div>
    );
  }
  if ('error' in load) {
    const retry = () => {
      setLoad(null);
      setAttempt(attempt + 1);
    };
    return <ErrorState error={load.error} onRetry={retry} className="mt-2" />;
  }
  return <Change use={load.use} />;
}

function Change({ use: { passage } }: { use: ToolUse }) {
  const { result, input, inputCut } = passage;
  const hunks = result?.outcome === 'ok' ? result.hunks : null;
  const isCut = hunks ? result?.hunksCut === true : inputCut;
  const planned = hunks && hunks.length > 0 ? [] : plannedEdits(input);
  const isDone = result?.outcome === 'ok';
  return (
    <div className="mt-2 space-y-2">
      {!isDone && <p className="text-2xs text-ink-3">What it was to change; it wasn’t done:</p>}
      {hunks && hunks.length > 0 && <Diff hunks={hunks} numbered />}
      {planned.map((edit, at) => (
        <Planned key={at} edit={edit} />
      ))}
      {(hunks === null || hunks.length === 0) && planned.length === 0 && (
        <p className="text-2xs text-ink-3">The transcript doesn’t say what it changed.</p>
      )}
      {isCut && <p className="text-2xs text-ink-3">Cut: the whole is in the conversation.</p>}
    </div>
  );
}

function Planned({ edit: { before, after } }: { edit: PlannedEdit }) {
  return <Diff hunks={useHunks(before, after)} numbered={false} />;
}
