'use client';

import { readStory, type Story } from '@claude-optimizer/core/story';
import type { SessionEvent } from '@claude-optimizer/protocol';
import { useMemo } from 'react';
import { useSessionEvents } from '@/hooks/useSessionEvents';
import { useThrottled } from '@/hooks/useThrottled';
import { eventsUntil, type Moment } from '../moment';

/** A session's story with the events it was read from, or why there is none (yet). */
export type StoryLoad =
  | { kind: 'loading' }
  | { kind: 'failed'; error: Error; reload: () => void }
  | { kind: 'ready'; story: Story; events: readonly SessionEvent[] };

/** Reading a story takes longer than one event of it: it follows at most so often (ms). */
const PACE_MS = 500;
const NONE: readonly SessionEvent[] = [];

/** The session's story up to the moment, live while there is none. */
export function useStory(id: string, moment: Moment | null): StoryLoad {
  const { kind, events: all, error, reload } = useSessionEvents(id);
  const whole = kind === 'loading' ? NONE : all;
  const paced = useThrottled(whole, PACE_MS);
  // The first time nothing need wait, and what is replayed moves at the reader's pace.
  const shown = paced.length === 0 ? whole : paced;
  const events = useMemo(() => eventsUntil(shown, moment), [shown, moment]);
  const story = useMemo(() => readStory(events), [events]);
  if (kind === 'failed' && error !== null) return { kind, error, reload };
  if (kind === 'loading') return { kind: 'loading' };
  return { kind: 'ready', story, events };
}
