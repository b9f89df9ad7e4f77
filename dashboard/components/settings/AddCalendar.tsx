'use client';

import type { CalendarBody } from '@claude-optimizer/protocol';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { DialogFrame } from '@/components/DialogFrame';
import { ErrorState } from '@/components/ErrorState';
import { CheckField, SelectField, TextField } from '@/components/form/Field';
import { useAction } from '@/hooks/useAction';
import { addCalendar } from '@/lib/settings-api';
import { TRUSTS } from './Calendars';

type Kind = 'ics-url' | 'ics-file' | 'caldav';
const KINDS = [
  ['ics-url', 'a secret iCal address'],
  ['ics-file', 'a file or folder (.ics)'],
  ['caldav', 'CalDAV'],
] as const satisfies readonly (readonly [Kind, string])[];

const EMPTY = { name: '', url: '', path: '', serverUrl: '', username: '', password: '' };
type Text = keyof typeof EMPTY;
type Trust = (typeof TRUSTS)[number][0];

/** What somebody else can write into asks more often. */
const TRUST_OF: Record<Kind, Trust> = {
  'ics-url': 'always',
  'ics-file': 'confirm',
  caldav: 'confirm',
};

/** A new calendar. What is secret is written, and never shown again. */
export function AddCalendar({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState<Kind>('ics-url');
  const [trust, setTrust] = useState<Trust | null>(null);
  const [allowPrivate, setPrivate] = useState(false);
  const [texts, setTexts] = useState(EMPTY);
  const { run, isBusy, error } = useAction();
  const field = (name: Text) => ({
    value: texts[name],
    onChange: (value: string) => setTexts((before) => ({ ...before, [name]: value })),
  });
  const save = () =>
    run(async () => {
      await addCalendar(bodyOf(kind, texts, { trust: trust ?? TRUST_OF[kind], allowPrivate }));
      onClose();
    });
  return (
    <DialogFrame
      title="Add a calendar"
      onClose={onClose}
      className="max-w-lg"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={isBusy || texts.name.trim() === ''} onClick={save}>
            Add
          </Button>
        </>
      }
    >
      <SelectField label="Kind" value={kind} options={KINDS} onChange={setKind} />
      <TextField label="Name" {...field('name')} />
      {kind === 'ics-url' && (
        <TextField
          label="Address"
          type="password"
          hint="Whoever knows it reads the calendar: it is kept apart and not shown again."
          {...field('url')}
        />
      )}
      {kind === 'ics-file' && (
        <TextField label="Path" isMono placeholder="~/calendar.ics" {...field('path')} />
      )}
      {kind === 'caldav' && (
        <>
          <TextField label="Server" type="url" placeholder="https://" {...field('serverUrl')} />
          <TextField label="User" {...field('username')} />
          <TextField
            label="Password"
            type="password"
            hint="An app password, if there are any. It is kept apart and not shown again."
            {...field('password')}
          />
        </>
      )}
      <SelectField
        label="Its events"
        value={trust ?? TRUST_OF[kind]}
        options={TRUSTS}
        onChange={setTrust}
        hint="Whoever can write to it can have sessions started."
      />
      {kind !== 'ics-file' && (
        <CheckField
          label="It is on a private network"
          checked={allowPrivate}
          onChange={setPrivate}
        />
      )}
      <p className="text-xs text-ink-3">
        Google: use its secret iCal address, or{' '}
        <code className="font-mono">claude-optimizer calendar add google</code>.
      </p>
      {error && <ErrorState error={error} />}
    </DialogFrame>
  );
}

type Rest = Pick<CalendarBody, 'trust' | 'allowPrivate'>;

function bodyOf(kind: Kind, texts: typeof EMPTY, rest: Rest): CalendarBody {
  const { name, url, path, serverUrl, username, password } = texts;
  const base = { kind, name: name.trim(), ...rest };
  switch (kind) {
    case 'ics-url':
      return { ...base, url: url.trim() };
    case 'ics-file':
      return { ...base, path: path.trim() };
    case 'caldav':
      return { ...base, serverUrl: serverUrl.trim(), username: username.trim(), password };
  }
}
