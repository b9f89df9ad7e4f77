'use client';

import { CircleCheck, LoaderCircle, RefreshCw, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNow } from '@/lib/clock';
import type { ConnectionState } from '@/lib/feed/connection';
import { getFeed, lastHeardAt, useConnection } from '@/lib/feed/hooks';
import { formatDuration } from '@/lib/format';

/** Lost for longer, the page no longer says `reconnecting` but how old its data is. */
const OFFLINE_AFTER_MS = 20_000;

/** Whether what is on screen is of now: live, reconnecting with a countdown, or how old it is. */
export function ConnectionStatus() {
  const connection = useConnection();
  switch (connection.kind) {
    case 'connecting':
      return (
        <Status spoken="" color="text-ink-3">
          <LoaderCircle aria-hidden className="size-3.5 motion-safe:animate-spin" />
          Connecting
        </Status>
      );
    case 'live':
      return (
        <Status spoken="Live" color="text-good" title="Every event is shown as it comes.">
          <CircleCheck aria-hidden className="size-3.5" strokeWidth={2.25} />
          Live
        </Status>
      );
    case 'lost':
      return <Lost connection={connection} />;
  }
}

type LostState = Extract<ConnectionState, { kind: 'lost' }>;

function Lost({ connection: { retryAt, since } }: { connection: LostState }) {
  const now = useNow();
  const isOffline = now - since >= OFFLINE_AFTER_MS;
  const wait = `${Math.max(0, Math.ceil((retryAt - now) / 1_000))}s`;
  const age = formatDuration(Math.max(1_000, now - (lastHeardAt() ?? since)));
  const Icon = isOffline ? WifiOff : LoaderCircle;
  return (
    <div className="flex items-center gap-1">
      <Status
        // The countdown stays silent: only the change itself is spoken.
        spoken={isOffline ? 'Offline' : 'Connection lost, reconnecting'}
        color={isOffline ? 'text-danger' : 'text-warning'}
        title={`Next attempt in ${wait}. The data is ${age} old.`}
      >
        <Icon
          aria-hidden
          className={`size-3.5 ${isOffline ? '' : 'motion-safe:animate-spin'}`}
          strokeWidth={2.25}
        />
        {isOffline ? 'Offline' : 'Reconnecting'}
        <span className="tabular-nums max-sm:hidden">
          {isOffline ? `data ${age} old` : `in ${wait}`}
        </span>
        <span className="tabular-nums sm:hidden">{isOffline ? age : wait}</span>
      </Status>
      <button
        type="button"
        onClick={getFeed().retry}
        className="inline-flex size-6 items-center justify-center rounded-sm text-ink-2 hover:bg-sunken hover:text-ink"
      >
        <RefreshCw aria-hidden className="size-3.5" />
        <span className="sr-only">Reconnect now</span>
      </button>
    </div>
  );
}

type StatusProps = {
  /** What a screen reader hears when the connection changes. */
  spoken: string;
  color: string;
  title?: string;
  children: ReactNode;
};

function Status({ spoken, color, title, children }: StatusProps) {
  return (
    <>
      <span role="status" className="sr-only">
        {spoken}
      </span>
      <span
        title={title}
        className={`inline-flex items-center gap-1 text-xs font-medium whitespace-nowrap ${color}`}
      >
        {children}
      </span>
    </>
  );
}
