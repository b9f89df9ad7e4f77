'use client';

import type { Order, Run, RunPreview } from '@claude-optimizer/protocol';
import { Play } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { DialogFrame } from '@/components/DialogFrame';
import { ErrorState } from '@/components/ErrorState';
import { filled } from '@/components/form/Field';
import { EMPTY_ORDER, OrderFields } from '@/components/form/OrderFields';
import { useAction } from '@/hooks/useAction';
import { useAnswer } from '@/hooks/useAnswer';
import { limitsText } from '@/lib/loop/run-words';
import { previewRun, startRun } from '@/lib/loop/loop-api';
import { sessionHref } from '@/lib/session-path';
import { fetchProjects } from '@/lib/settings-api';
import { Words } from './Words';

/** Starts a session now: what it is to do, what exactly would be started, and the start. */
export function LaunchDialog({ onClose }: { onClose: () => void }) {
  const [order, setOrder] = useState<Order>(EMPTY_ORDER);
  const [shown, setShown] = useState<RunPreview | null>(null);
  const [started, setStarted] = useState<Run | null>(null);
  const projects = useAnswer(fetchProjects);
  const { run, isBusy, error } = useAction();
  const errors = wrongIn(order);
  const isReady = Object.keys(errors).length === 0;
  const body = {
    ...order,
    objectives: filled(order.objectives),
    constraints: filled(order.constraints),
  };
  if (started) return <Started run={started} onClose={onClose} />;
  return (
    <DialogFrame
      title="Launch a session"
      onClose={onClose}
      actions={
        <>
          <Button
            className="mr-auto"
            disabled={isBusy || !isReady}
            onClick={() => run(async () => setShown(await previewRun(body)))}
          >
            Preview
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={isBusy || !isReady}
            onClick={() => run(async () => setStarted((await startRun(body)).run))}
          >
            <Play aria-hidden className="size-3.5" />
            Start now
          </Button>
        </>
      }
    >
      {projects.error && <ErrorState error={projects.error} onRetry={projects.reload} />}
      {projects.value?.projects.length === 0 && <NoProjects />}
      <OrderFields
        order={order}
        projects={projects.value?.projects ?? []}
        errors={{}}
        onChange={(change) => {
          setOrder((before) => ({ ...before, ...change }));
          setShown(null);
        }}
      />
      {error && <ErrorState error={error} />}
      {shown && <Preview preview={shown} />}
    </DialogFrame>
  );
}

/** Says where projects come from. */
export function NoProjects() {
  return (
    <p className="rounded-sm bg-sunken px-3 py-2 text-ink-2">
      No project is registered yet, and nothing runs outside of registered ones.{' '}
      <Link href="/settings" className="text-accent underline">
        Add one in Settings
      </Link>
      .
    </p>
  );
}

function Preview({ preview: { prompt, argv, cwd, limits } }: { preview: RunPreview }) {
  return (
    <section aria-label="Preview" className="space-y-2">
      <h3 className="text-xs font-semibold">What would be started</h3>
      <p className="text-xs text-ink-2">
        In <code className="font-mono break-all">{cwd}</code>, with {limitsText(limits)}.
      </p>
      <Words label="Prompt" text={prompt} />
      <Words label="Command" text={argv.join(' ')} />
    </section>
  );
}

function Started({ run, onClose }: { run: Run; onClose: () => void }) {
  return (
    <DialogFrame
      title="Launch a session"
      onClose={onClose}
      className="max-w-md"
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <p role="status">The session is starting.</p>
      {run.sessionId !== null && (
        <Link
          href={sessionHref(run.sessionId)}
          prefetch={false}
          onClick={onClose}
          className="text-accent underline"
        >
          Watch it
        </Link>
      )}
    </DialogFrame>
  );
}

/** What an order lacks before it can be sent, by field. */
export function wrongIn({ project, path, objectives, limits }: Order): Record<string, string> {
  return {
    ...(project === null && path === null && { project: 'Choose a project' }),
    ...(filled(objectives).length === 0 && { objectives: 'At least one' }),
    ...(Object.values(limits).some(Number.isNaN) && { limits: 'A limit is no number' }),
  };
}
