'use client';

import { CircleCheck, LoaderCircle, RefreshCw, WifiOff } from 'lucide-react';
import { useTimeText } from '@/lib/clock';
import type { ConnectionState } from '@/lib/feed/connection';
import { getFeed, lastHeardAt, useConnection } from '@/lib/feed/hooks';
import { formatDuration } from '@/lib/format';

/** What a screen reader hears when the connection changes; the countdown stays silent. */
const SPOKEN: Record<ConnectionState['kind'], string> = {
  connecting: '',
  live: 'Live',
  reconnecting: 'Connection lost, reconnecting',
  offline: 'Offline',
};

/** Whether what is on screen is of now: live, reconnecting with a countdown, or how old it is. */
export function ConnectionStatus() {
  const connection = useConnection();
  return (
    <div className="flex items-center text-xs whitespace-nowrap">
      <span role="status" className="sr-only">
        {SPOKEN[connection.kind]}
      </span>
      <Shown connection={connection} />
    </div>
  );
}

function Shown({ connection }: { connection: ConnectionState }) {
  switch (connection.kind) {
    case 'connecting':
      return (
        <span className="inline-flex items-center gap-1 text-ink-3">
          <LoaderCircle aria-hidden className="size-3.5 motion-safe:animate-spin" />
          Connecting
        </span>
      );
    case 'live':
      return (
        <span
          className="inline-flex items-center gap-1 font-medium text-good"
          title="Every event is shown as it comes."
        >
          <CircleCheck aria-hidden className="size-3.5" strokeWidth={2.25} />
          Live
        </span>
      );
    case 'reconnecting':
    case 'offline':
      return <Lost connection={connection} />;
  }
}

type LostState = Extract<ConnectionState, { retryAt: number }>;

function Lost({ connection: { kind, retryAt, since } }: { connection: LostState }) {
  const wait = useTimeText((now) => `${Math.max(0, Math.ceil((retryAt - now) / 1_000))}s`);
  const age = useTimeText((now) => formatDuration(Math.max(1_000, now - (lastHeardAt() ?? since))));
  const isOffline = kind === 'offline';
  const Icon = isOffline ? WifiOff : LoaderCircle;
  return (
    <span className="inline-flex items-center gap-1.5">
      <span
        className={`inline-flex items-center gap-1 font-medium ${isOffline ? 'text-danger' : 'text-warning'}`}
      >
        <Icon
          aria-hidden
          className={`size-3.5 ${isOffline ? '' : 'motion-safe:animate-spin'}`}
          strokeWidth={2.25}
        />
        {isOffline ? `Offline, data ${age} old` : `Reconnecting in ${wait}`}
      </span>
      <button
        type="button"
        onClick={getFeed().retry}
        title={`Next attempt in ${wait}`}
        className="inline-flex size-6 items-center justify-center rounded-sm text-ink-2 hover:bg-sunken hover:text-ink"
      >
        <RefreshCw aria-hidden className="size-3.5" />
        <span className="sr-only">Reconnect now</span>
      </button>
    </span>
  );
}
