'use client';

import type { SessionSummary } from '@claude-optimizer/protocol';
import { useEffect, useMemo, useState } from 'react';
import { fetchSessions } from '@/lib/api';
import { getFeed, useActive, useRecentIds } from '@/lib/feed/hooks';
import { attentions } from '@/lib/feed/state';

const PAUSE_MS = 120;
const FOUND_LIMIT = 20;
/** Before anything is typed, pages and actions stay in sight. */
const OFFERED = 7;

type Found = { text: string; sessions: readonly SessionSummary[] };

/** Sessions for a text: those that the page follows at once, then what the server finds. */
export function useSessionSearch(text: string) {
  const query = text.trim();
  const active = useActive();
  const recent = useRecentIds();
  const [found, setFound] = useState<Found>({ text: '', sessions: [] });
  useEffect(() => {
    if (query === '') return;
    let isWanted = true;
    const timer = setTimeout(() => {
      fetchSessions({ text: query }, FOUND_LIMIT)
        .then(({ sessions }) => isWanted && setFound({ text: query, sessions }))
        // Without the server, what the page knows is what can be found.
        .catch(() => isWanted && setFound({ text: query, sessions: [] }));
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [query]);
  const sessions = useMemo(() => {
    const { sessions: known } = getFeed().state;
    const followed = [...attentions.flatMap((each) => active[each]), ...recent].flatMap(
      (id) => known.get(id) ?? [],
    );
    if (query === '') return followed.slice(0, OFFERED);
    const byId = new Map([...followed, ...found.sessions].map((each) => [each.id, each]));
    return [...byId.values()];
  }, [active, recent, found, query]);
  return { sessions, isSearching: query !== '' && found.text !== query };
}
