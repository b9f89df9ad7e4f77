'use client';

import { useActive } from '@/lib/feed/hooks';
import type { Attention } from '@claude-optimizer/core/live';
import { GroupName } from './GroupName';
import { IdleCard } from './IdleCard';
import { SessionCard } from './SessionCard';
import { useGlide } from './useGlide';

/** With a card of full size, the most pressing first; idle ones follow with less. */
const AWAKE: readonly Attention[] = ['answer', 'failed', 'prompt', 'running'];

export const CARD_GRID = 'grid grid-cols-[repeat(auto-fill,minmax(min(20rem,100%),1fr))] gap-2';

/** Every active session as a card. */
export function ActiveSessions() {
  const active = useActive();
  const root = useGlide(active);
  const cards = AWAKE.flatMap((attention) => active[attention].map((id) => ({ id, attention })));
  return (
    <div ref={root} className="relative space-y-5">
      {cards.length > 0 && (
        <section aria-label="Active">
          <h2 className="sr-only">Active</h2>
          <ul className={CARD_GRID}>
            {cards.map(({ id, attention }) => (
              <li key={id}>
                <SessionCard id={id} attention={attention} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {active.idle.length > 0 && (
        <section aria-label="Idle">
          <GroupName name="Idle" count={active.idle.length} />
          <ul className={CARD_GRID}>
            {active.idle.map((id) => (
              <li key={id}>
                <IdleCard id={id} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
