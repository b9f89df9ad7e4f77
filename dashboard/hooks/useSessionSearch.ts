'use client';

import type { SessionSummary } from '@claude-optimizer/protocol';
import { useEffect, useMemo, useState } from 'react';
import { fetchSessions } from '@/lib/api';
import { getFeed, useActive, useRecentIds } from '@/lib/feed/hooks';
import { attentions } from '@claude-optimizer/core/live';
import { hasWords } from '@/lib/words';

const PAUSE_MS = 120;
const FOUND_LIMIT = 20;
/** Before anything is typed, pages and actions stay in sight. */
const OFFERED = 7;

type Found = { text: string; sessions: readonly SessionSummary[] };
const NOTHING: Found = { text: '', sessions: [] };

/** Sessions for a text: those that the page follows at once, then what the server finds. */
export function useSessionSearch(text: string) {
  const query = text.trim();
  const active = useActive();
  const recent = useRecentIds();
  const [found, setFound] = useState(NOTHING);
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
    const ids = [...attentions.flatMap((each) => active[each]), ...recent];
    const followed = ids.flatMap((id) => known.get(id) ?? []);
    if (query === '') return followed.slice(0, OFFERED);
    const fitting = followed.filter((each) =>
      hasWords(`${each.title} ${each.firstPrompt} ${each.project} ${each.branch}`, query),
    );
    const fromServer = found.text === query ? found.sessions : [];
    return [...new Map([...fitting, ...fromServer].map((each) => [each.id, each])).values()];
  }, [active, recent, found, query]);
  return { sessions, isSearching: query !== '' && found.text !== query };
}
