'use client';

import type { Bar, Mark, Timeline } from '@claude-optimizer/core/story';
import { formatClock, formatDuration } from '@/lib/format';
import { MARK_LOOKS } from '../story/mark-looks';
import { PlaceLink } from '../story/PlaceLink';
import { barName, barState, barThread } from './bar-text';
import type { Hit } from './hit';

type Props = { timeline: Timeline; selected: Bar | null; hovered: Hit };

/** What the bar under the pointer or in focus is; its place is always kept. */
export function BarDetails({ timeline, selected, hovered }: Props) {
  const hit: Hit = hovered ?? (selected && { bar: selected });
  return (
    <div
      id="timeline-bar"
      aria-live="polite"
      className="flex h-16 items-center overflow-hidden border-t border-line px-3 text-xs sm:h-11"
    >
      {hit === null ? (
        <p className="text-ink-3">
          Point at a bar, or go from bar to bar with the arrow keys. Drag to zoom into a range; Ctrl
          with the wheel, + and − zoom.
        </p>
      ) : 'bar' in hit ? (
        <BarWords bar={hit.bar} timeline={timeline} />
      ) : (
        <MarkWords mark={hit.mark} />
      )}
    </div>
  );
}

function BarWords({ bar, timeline }: { bar: Bar; timeline: Timeline }) {
  const thread = barThread(bar, timeline);
  const wait = timeline.waits.find(({ toolUseId }) => toolUseId === bar.id);
  return (
    <p className="line-clamp-3 min-w-0 sm:line-clamp-2">
      <span className="font-medium">{barName(bar)}</span>
      <span className="text-ink-3"> · {barState(bar)} · </span>
      <span className="tabular-nums">
        {formatClock(bar.from)}, {formatDuration(bar.to - bar.from)}
      </span>
      {wait && (
        <span className="text-warning">
          {' '}
          · {formatDuration(wait.to - wait.from)} waited for {waitedFor(wait.kind, wait.likely)}
        </span>
      )}
      {thread !== null && <span className="text-ink-3"> · in {thread}</span>}
      {bar.place !== null && (
        <>
          {' · '}
          <PlaceLink place={bar.place} className="text-accent">
            in the conversation
          </PlaceLink>
        </>
      )}
      {bar.label !== '' && <span className="text-ink-2"> · {bar.label}</span>}
    </p>
  );
}

/** What was waited for, in words. */
export function waitedFor(kind: 'prompt' | 'question' | 'permission', likely: boolean): string {
  const what = { prompt: 'the next prompt', question: 'an answer', permission: 'a permission' };
  return `${what[kind]}${likely ? ' (likely)' : ''}`;
}

function MarkWords({ mark }: { mark: Mark }) {
  return (
    <p className="line-clamp-2 min-w-0">
      <span className="font-medium">{MARK_LOOKS[mark.kind].name}</span>
      <span className="text-ink-3"> · {formatClock(mark.at)} · </span>
      <PlaceLink place={mark.place}>{mark.text}</PlaceLink>
    </p>
  );
}
