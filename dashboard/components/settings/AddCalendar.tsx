'use client';

import type { CalendarBody, GoogleLoginBody } from '@claude-optimizer/protocol';
import { useCallback, useState } from 'react';
import { Button } from '@/components/Button';
import { DialogFrame } from '@/components/DialogFrame';
import { ErrorState } from '@/components/ErrorState';
import { CheckField, SelectField, TextField } from '@/components/form/Field';
import { useAction } from '@/hooks/useAction';
import { addCalendar, beginGoogleLogin } from '@/lib/settings-api';
import { GoogleLogin } from './GoogleLogin';
import { TRUSTS } from './trusts';

type Kind = 'ics-url' | 'ics-file' | 'caldav' | 'google';
const KINDS = [
  ['ics-url', 'a secret iCal address (the easiest)'],
  ['ics-file', 'a file or folder (.ics)'],
  ['caldav', 'CalDAV'],
  ['google', 'Google, by an OAuth client of your own'],
] as const satisfies readonly (readonly [Kind, string])[];

const EMPTY = {
  ...{ name: '', url: '', path: '', serverUrl: '', username: '', password: '' },
  ...{ clientId: '', clientSecret: '' },
};
type Text = keyof typeof EMPTY;
type Trust = (typeof TRUSTS)[number][0];

/** What somebody else can write into asks more often. */
const TRUST_OF: Record<Kind, Trust> = {
  'ics-url': 'always',
  'ics-file': 'confirm',
  caldav: 'confirm',
  google: 'confirm',
};

/** A new calendar. What is secret is written, and never shown again. */
export function AddCalendar({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState<Kind>('ics-url');
  const [trust, setTrust] = useState<Trust | null>(null);
  const [allowPrivate, setPrivate] = useState(false);
  const [texts, setTexts] = useState(EMPTY);
  const [login, setLogin] = useState<{ id: string; page: string } | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const { run, isBusy, error } = useAction();
  const onFailed = useCallback((cause: Error) => {
    setLogin(null);
    setFailure(cause);
  }, []);
  const field = (name: Text) => ({
    value: texts[name],
    onChange: (value: string) => setTexts((before) => ({ ...before, [name]: value })),
  });
  const save = () =>
    run(async () => {
      setFailure(null);
      if (kind === 'google') {
        setLogin(await beginGoogleLogin(loginOf(texts, trust ?? TRUST_OF[kind])));
        return;
      }
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
          {login === null && (
            <Button look="primary" disabled={isBusy || texts.name.trim() === ''} onClick={save}>
              {kind === 'google' ? 'Continue' : 'Add'}
            </Button>
          )}
        </>
      }
    >
      {login !== null ? (
        <GoogleLogin login={login} onDone={onClose} onFailed={onFailed} />
      ) : (
        <>
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
          {kind === 'google' && (
            <>
              <p className="text-xs text-ink-2">
                The calendar’s secret iCal address is easier, and enough for most: choose it above.
                A client of your own brings changes within minutes; docs/calendar.md says how to
                make one of the type “Desktop app”.
              </p>
              <TextField label="Client id" isMono {...field('clientId')} />
              <TextField
                label="Client secret"
                type="password"
                hint="It is kept apart and not shown again."
                {...field('clientSecret')}
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
          {(kind === 'ics-url' || kind === 'caldav') && (
            <CheckField
              label="It is on a private network"
              checked={allowPrivate}
              onChange={setPrivate}
            />
          )}
        </>
      )}
      {(error ?? failure) && <ErrorState error={error ?? failure ?? new Error()} />}
    </DialogFrame>
  );
}

type Rest = Pick<CalendarBody, 'trust' | 'allowPrivate'>;

function bodyOf(kind: Exclude<Kind, 'google'>, texts: typeof EMPTY, rest: Rest): CalendarBody {
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

function loginOf({ name, clientId, clientSecret }: typeof EMPTY, trust: Trust): GoogleLoginBody {
  return {
    ...{ name: name.trim(), trust },
    ...(clientId.trim() !== '' && { clientId: clientId.trim() }),
    ...(clientSecret.trim() !== '' && { clientSecret: clientSecret.trim() }),
  };
}
