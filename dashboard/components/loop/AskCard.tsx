'use client';

import type { Ask, AskAnswer } from '@claude-optimizer/protocol';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { ErrorState } from '@/components/ErrorState';
import { TextField } from '@/components/form/Field';
import { useAction } from '@/hooks/useAction';
import { useTimeText } from '@/lib/clock';
import { formatDuration, projectName, toolName } from '@/lib/format';
import { answerAsk } from '@/lib/loop/loop-api';
import { setLoopNews } from '@/lib/loop/loop-news';
import { sessionHref } from '@/lib/session-path';
import { AskQuestions } from './AskQuestions';
import { Words } from './Words';

/** What is asked, in a few words. */
export function askTitle({ kind, toolName: tool, project }: Ask): string {
  const where = project === null ? '' : ` in ${projectName(project)}`;
  switch (kind) {
    case 'permission':
      return `${toolName(tool ?? 'A tool')}${where}?`;
    case 'question':
      return `A question${where}`;
    case 'limit':
      return `Limit reached${where}`;
  }
}

/** One question and its answers. */
export function AskCard({ ask }: { ask: Ask }) {
  const { run, isBusy, error } = useAction();
  const answer = (given: AskAnswer) =>
    run(async () => setLoopNews({ asks: (await answerAsk(ask.id, given)).asks }));
  return (
    <div className="space-y-2 p-3">
      {ask.label !== '' && (
        <p className={ask.kind === 'permission' ? 'font-mono text-xs break-words' : ''}>
          {ask.label}
        </p>
      )}
      {ask.kind === 'permission' && <Input input={ask.input} />}
      <div className="flex flex-wrap justify-between gap-x-3 text-xs text-ink-2">
        <Link href={sessionHref(ask.sessionId)} prefetch={false} className="text-accent underline">
          See the session
        </Link>
        {ask.expiresAt !== null && <Countdown at={ask.expiresAt} isOurs={ask.runId !== null} />}
      </div>
      {error && <ErrorState error={error} />}
      <Answers ask={ask} answer={answer} isBusy={isBusy} />
    </div>
  );
}

function Input({ input }: { input: Ask['input'] }) {
  const text = JSON.stringify(input, null, 2);
  if (text === '{}') return null;
  return (
    <details className="text-xs">
      <summary className="cursor-pointer text-ink-2">Exactly what it would do</summary>
      <Words label="Input of the tool" text={text} />
    </details>
  );
}

/** How long an answer is waited for, and what happens then. */
function Countdown({ at, isOurs }: { at: number; isOurs: boolean }) {
  const left = useTimeText((now) => formatDuration(Math.max(1_000, at - now)));
  const then = isOurs ? 'then the default of the settings' : 'then the terminal asks';
  return (
    <span className="tabular-nums">
      {left} left, {then}
    </span>
  );
}

type Props = { ask: Ask; answer: (answer: AskAnswer) => void; isBusy: boolean };

function Answers({ ask, answer, isBusy }: Props) {
  switch (ask.kind) {
    case 'permission':
      return <PermissionAnswers ask={ask} answer={answer} isBusy={isBusy} />;
    case 'question':
      return <AskQuestions ask={ask} answer={answer} isBusy={isBusy} />;
    case 'limit':
      return (
        <div className="flex flex-wrap gap-2">
          <Button disabled={isBusy} onClick={() => answer({ decision: 'extend', factor: 1.5 })}>
            Half as much again
          </Button>
          <Button disabled={isBusy} onClick={() => answer({ decision: 'finish' })}>
            Finish this objective
          </Button>
          <Button disabled={isBusy} onClick={() => answer({ decision: 'stop' })}>
            Stop it
          </Button>
        </div>
      );
  }
}

function PermissionAnswers({ ask, answer, isBusy }: Props) {
  const [reason, setReason] = useState<string | null>(null);
  if (reason !== null) {
    return (
      <form
        className="space-y-1"
        onSubmit={(event) => {
          event.preventDefault();
          answer({ decision: 'deny', reason });
        }}
      >
        <TextField label="Why not (told to Claude, if given)" value={reason} onChange={setReason} />
        <div className="flex gap-2">
          <Button type="submit" disabled={isBusy}>
            Deny
          </Button>
          <Button look="quiet" onClick={() => setReason(null)}>
            Back
          </Button>
        </div>
      </form>
    );
  }
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button disabled={isBusy} onClick={() => answer({ decision: 'allow' })}>
          Allow once
        </Button>
        {ask.covers !== undefined && (
          <Button disabled={isBusy} onClick={() => answer({ decision: 'allow-for-run' })}>
            Allow for this run
          </Button>
        )}
        <Button disabled={isBusy} onClick={() => setReason('')}>
          Deny …
        </Button>
      </div>
      {ask.covers !== undefined && <p className="text-xs text-ink-3">For this run: {ask.covers}</p>}
    </>
  );
}
