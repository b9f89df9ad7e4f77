import type { EventOf, SessionEvent } from '@claude-optimizer/protocol';

/** What a scrubber marks. */
export const MARK_KINDS = ['turn', 'objective', 'error', 'compaction', 'budget'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** An event that is worth going to; `count` is how many events there are up to and with it. */
export type Mark = { count: number; seq: number; at: number; kind: MarkKind; label: string };

/** What a step goes to: the next event, or the next mark of a kind. */
export type StepKind = 'event' | MarkKind;

/** The marks of a session's events, in their order. */
export function marksOf(events: readonly SessionEvent[]): Mark[] {
  const marks: Mark[] = [];
  let budget: number | null = null;
  let isPassed = false;
  events.forEach((event, index) => {
    const { seq, timestamp: at } = event;
    const mark = (kind: MarkKind, label: string): void => {
      marks.push({ count: index + 1, seq, at, kind, label });
    };
    const own = ownMark(event);
    if (own) mark(own.kind, own.label);
    if (event.type === 'session:budget') {
      budget = event.budgetMicrodollars;
      isPassed = false;
      mark('budget', budget === null ? 'Budget removed' : 'Budget set');
    }
    if (event.type === 'session:tokens' && budget !== null && !isPassed) {
      isPassed = (event.totals.costMicrodollars ?? 0) >= budget;
      if (isPassed) mark('budget', 'Budget spent');
    }
  });
  return marks;
}

function ownMark(event: SessionEvent): { kind: MarkKind; label: string } | null {
  switch (event.type) {
    case 'session:turn':
      return event.phase === 'start' ? { kind: 'turn', label: event.prompt ?? 'Prompt' } : null;
    case 'session:objective':
      return objectiveMark(event);
    case 'session:error':
      return { kind: 'error', label: event.message };
    case 'session:tool':
      if (event.outcome !== 'error') return null;
      return { kind: 'error', label: `${event.name}: ${event.error ?? 'failed'}` };
    case 'session:compact':
      return { kind: 'compaction', label: `Conversation compacted (${event.trigger})` };
    default:
      return null;
  }
}

/** That one was written down says little: its beginning and its end are what is gone to. */
function objectiveMark(event: EventOf<'session:objective'>): ReturnType<typeof ownMark> {
  if (event.status === 'pending' || event.status === 'removed') return null;
  const word = event.status === 'completed' ? 'Completed' : 'Begun';
  return { kind: 'objective', label: `${word}: ${event.text}` };
}

/**
 * Where a step leads from `count` events: forward (1) to the next event or mark, back (-1) to the
 * one before; null where there is none.
 */
export function stepFrom(options: {
  marks: readonly Mark[];
  length: number;
  count: number;
  kind: StepKind;
  direction: 1 | -1;
}): number | null {
  const { marks, length, count, kind, direction } = options;
  if (kind === 'event') {
    const next = count + direction;
    return next >= 1 && next <= length ? next : null;
  }
  const found =
    direction === 1
      ? marks.find((mark) => mark.kind === kind && mark.count > count)
      : marks.findLast((mark) => mark.kind === kind && mark.count < count);
  return found?.count ?? null;
}
