'use client';

import { useActive } from '@/lib/feed/hooks';
import type { Attention } from '@/lib/feed/state';
import { IdleCard } from './IdleCard';
import { SessionCard } from './SessionCard';
import { useGlide } from './useGlide';

const GROUPS: { name: string; attentions: Attention[] }[] = [
  { name: 'Needs you', attentions: ['answer', 'failed'] },
  { name: 'Your turn', attentions: ['prompt'] },
  { name: 'Running', attentions: ['running'] },
  { name: 'Idle', attentions: ['idle'] },
];

/** Every active session as a card, the most pressing first. */
export function ActiveSessions() {
  const active = useActive();
  const root = useGlide(active);
  return (
    <div ref={root} className="relative space-y-4">
      {GROUPS.map(({ name, attentions }) => {
        const cards = attentions.flatMap((attention) =>
          active[attention].map((id) => ({ id, attention })),
        );
        if (cards.length === 0) return null;
        return (
          <section key={name} aria-label={name}>
            <GroupName name={name} count={cards.length} />
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(22rem,100%),1fr))] gap-2">
              {cards.map(({ id, attention }) => (
                <li key={id}>
                  {attention === 'idle' ? (
                    <IdleCard id={id} />
                  ) : (
                    <SessionCard id={id} attention={attention} />
                  )}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

/** The heading of a part of the page, with how many there are. */
export function GroupName({ name, count }: { name: string; count?: number }) {
  return (
    <h2 className="mb-1.5 flex items-baseline gap-1.5 text-xs font-semibold">
      {name}
      {count !== undefined && <span className="font-normal text-ink-3">{count}</span>}
    </h2>
  );
}
