'use client';

import type { CalendarState } from '@claude-optimizer/protocol';
import { useCallback, useState } from 'react';
import { Button } from '@/components/Button';
import { ErrorState } from '@/components/ErrorState';
import { SelectField } from '@/components/form/Field';
import { RelativeTime } from '@/components/RelativeTime';
import { Panel } from '@/components/session/Panel';
import { Problems } from '@/components/schedule/Problems';
import { Skeleton } from '@/components/Skeleton';
import { useAction } from '@/hooks/useAction';
import { useAnswer } from '@/hooks/useAnswer';
import { useLoopNews } from '@/lib/loop/loop-news';
import {
  beginGoogleLogin,
  changeCalendar,
  fetchCalendars,
  refreshCalendar,
  removeCalendar,
} from '@/lib/settings-api';
import { AddCalendar } from './AddCalendar';
import { GoogleLogin } from './GoogleLogin';
import { TRUSTS } from './trusts';

const STATES: Record<CalendarState['state'], { word: string; color: string }> = {
  new: { word: 'not read yet', color: 'text-ink-2' },
  ok: { word: 'read', color: 'text-good' },
  failing: { word: 'failing', color: 'text-danger' },
  off: { word: 'off', color: 'text-ink-3' },
};

/** Where plans come from: state, trust, and what can be done with each. */
export function Calendars() {
  const news = useLoopNews(({ scheduleNews }) => scheduleNews);
  const { value, error, reload } = useAnswer(fetchCalendars, news);
  const [isAdding, setAdding] = useState(false);
  return (
    <Panel
      title="Calendars"
      aside={
        <Button size="small" onClick={() => setAdding(true)}>
          Add a calendar
        </Button>
      }
    >
      <div className="p-3">
        {error && <ErrorState error={error} onRetry={reload} />}
        {!value && !error && <Skeleton className="h-16" />}
        <ul className="divide-y divide-line">
          {value?.calendars.map((calendar) => (
            <Row key={calendar.id} calendar={calendar} onChanged={reload} />
          ))}
        </ul>
      </div>
      {isAdding && (
        <AddCalendar
          onClose={() => {
            setAdding(false);
            reload();
          }}
        />
      )}
    </Panel>
  );
}

function Row({ calendar, onChanged }: { calendar: CalendarState; onChanged: () => void }) {
  const { id, kind, name, place, trust, state, error, fetchedAt, plans, problems, refused } =
    calendar;
  const { run, isBusy, error: failure } = useAction();
  const perform = (action: () => Promise<unknown>) =>
    run(async () => {
      await action();
      onChanged();
    });
  const [login, setLogin] = useState<{ id: string; page: string } | null>(null);
  // What failed stands in the calendar's state, as it did before.
  const onLogin = useCallback(() => {
    setLogin(null);
    onChanged();
  }, [onChanged]);
  const { word, color } = STATES[state];
  return (
    <li className="grid gap-x-4 gap-y-1 py-2 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-medium">{name}</span>
          <span className={`text-xs font-medium ${color}`}>{word}</span>
          {fetchedAt !== null && <RelativeTime at={fetchedAt} className="text-xs text-ink-3" />}
        </p>
        <p className="text-xs break-all text-ink-2">
          {kind} · {place}
        </p>
        <p className="text-xs text-ink-2">
          {plans} plans{problems > 0 && <span className="text-danger"> · {problems} problems</span>}
        </p>
        {error !== null && <p className="text-xs break-words text-danger">{error}</p>}
        {refused.length > 0 && (
          <details className="mt-1 text-xs">
            <summary className="cursor-pointer text-ink-2">
              {refused.length === 1
                ? '1 event starts nothing'
                : `${refused.length} events start nothing`}
            </summary>
            <Problems problems={refused} />
          </details>
        )}
      </div>
      {kind !== 'own' && (
        <div className="flex flex-wrap items-start gap-2">
          <SelectField
            label={`Trust in ${name}`}
            value={trust}
            options={TRUSTS}
            onChange={(next) => perform(() => changeCalendar(id, { trust: next }))}
          />
          <Button
            className="mt-5"
            disabled={isBusy}
            onClick={() => perform(() => refreshCalendar(id))}
          >
            Read now
          </Button>
          {kind === 'google' && state === 'failing' && (
            <Button
              className="mt-5"
              disabled={isBusy}
              onClick={() => run(async () => setLogin(await beginGoogleLogin({ calendar: id })))}
            >
              Log in again
            </Button>
          )}
          <Button
            look="quiet"
            className="mt-5"
            disabled={isBusy}
            onClick={() => perform(() => removeCalendar(id))}
          >
            Remove
          </Button>
        </div>
      )}
      {login && (
        <div className="sm:col-span-2">
          <GoogleLogin login={login} onDone={onLogin} onFailed={onLogin} />
        </div>
      )}
      {failure && <ErrorState error={failure} className="sm:col-span-2" />}
    </li>
  );
}
