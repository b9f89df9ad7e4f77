'use client';

import type { LimitsOfRun, Run } from '@claude-optimizer/protocol';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { DialogFrame } from '@/components/DialogFrame';
import { ErrorState } from '@/components/ErrorState';
import { Field, TEXTAREA } from '@/components/form/Field';
import { LimitFields } from '@/components/form/LimitFields';
import { useAction } from '@/hooks/useAction';
import { extendRun, messageRun, stopRun } from '@/lib/loop/loop-api';

/** What can be said to a run under way: stop, more, a message. */
export function RunActions({ run }: { run: Run }) {
  const [open, setOpen] = useState<'stop' | 'extend' | 'message' | null>(null);
  const close = () => setOpen(null);
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setOpen('message')}>Send a message</Button>
      <Button onClick={() => setOpen('extend')}>Extend</Button>
      <Button onClick={() => setOpen('stop')}>Stop</Button>
      {open === 'stop' && <StopDialog run={run} onClose={close} />}
      {open === 'extend' && <ExtendDialog run={run} onClose={close} />}
      {open === 'message' && <MessageDialog run={run} onClose={close} />}
    </div>
  );
}

type Props = { run: Run; onClose: () => void };

function StopDialog({ run, onClose }: Props) {
  const { run: act, isBusy, error } = useAction();
  const stop = () =>
    act(async () => {
      await stopRun(run.id);
      onClose();
    });
  return (
    <DialogFrame
      title="Stop this run?"
      onClose={onClose}
      className="max-w-md"
      actions={
        <>
          <Button onClick={onClose}>Let it run</Button>
          <Button look="primary" disabled={isBusy} onClick={stop}>
            Stop it
          </Button>
        </>
      }
    >
      <p className="text-ink-2">
        Claude Code is asked to end at once; what it has done so far stays. It doesn’t start again
        by itself.
      </p>
      {error && <ErrorState error={error} />}
    </DialogFrame>
  );
}

function ExtendDialog({ run, onClose }: Props) {
  const [limits, setLimits] = useState<LimitsOfRun>(run.limits);
  const { run: act, isBusy, error } = useAction();
  const isValid = !Object.values(limits).some(Number.isNaN);
  const save = () =>
    act(async () => {
      await extendRun(run.id, limits);
      onClose();
    });
  return (
    <DialogFrame
      title="Extend this run"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={isBusy || !isValid} onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <p className="text-ink-2">The most that it may take in all, from its start.</p>
      <LimitFields value={limits} onChange={setLimits} />
      {error && <ErrorState error={error} />}
    </DialogFrame>
  );
}

function MessageDialog({ run, onClose }: Props) {
  const [text, setText] = useState('');
  const { run: act, isBusy, error } = useAction();
  const send = () =>
    act(async () => {
      await messageRun(run.id, text);
      onClose();
    });
  return (
    <DialogFrame
      title="Send a message"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={isBusy || text.trim() === ''} onClick={send}>
            Send
          </Button>
        </>
      }
    >
      <Field label="What Claude is told next" hint="It is read when the current turn is over.">
        {(given) => (
          <textarea
            {...given}
            rows={5}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className={TEXTAREA}
          />
        )}
      </Field>
      {error && <ErrorState error={error} />}
    </DialogFrame>
  );
}
