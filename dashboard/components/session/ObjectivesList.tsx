'use client';

import type { Objective } from '@claude-optimizer/protocol';
import { Circle, CircleCheck, CircleDot, CircleMinus, type LucideIcon } from 'lucide-react';
import { memo, useMemo, useState } from 'react';
import { Button } from '@/components/Button';
import { Meter } from '@/components/Meter';
import { RelativeTime } from '@/components/RelativeTime';
import { formatDuration } from '@/lib/format';
import { Panel } from './Panel';

/** What the session should achieve, and whether it has. */
export const ObjectivesList = memo(function ObjectivesList({
  objectives,
}: {
  objectives: Objective[];
}) {
  const [showsRemoved, setShowsRemoved] = useState(false);
  const standing = useMemo(
    () => objectives.filter(({ status }) => status !== 'removed'),
    [objectives],
  );
  const removed = objectives.length - standing.length;
  const done = standing.filter(({ status }) => status === 'completed').length;
  const progress = `${done} of ${standing.length}`;
  return (
    <Panel
      title="Objectives"
      aside={
        standing.length > 0 && <span className="text-xs text-ink-2 tabular-nums">{progress}</span>
      }
    >
      {standing.length === 0 ? (
        <p className="p-3 text-ink-3">
          None yet. They come from Claude Code’s task and todo lists, and from marks in its answers
          like “✓ Completed: …”.
        </p>
      ) : (
        <Meter
          share={done / standing.length}
          label={`${progress} objectives completed`}
          color="var(--good)"
          className="mx-3 mt-3"
        />
      )}
      <ul className="max-h-96 overflow-y-auto py-1" tabIndex={standing.length > 8 ? 0 : undefined}>
        {(showsRemoved ? objectives : standing).map((objective) => (
          <ObjectiveRow key={objective.id} objective={objective} />
        ))}
      </ul>
      {removed > 0 && (
        <Button
          size="small"
          look="quiet"
          className="mx-2 mb-2"
          onClick={() => setShowsRemoved(!showsRemoved)}
        >
          {showsRemoved ? 'Hide removed' : `${removed} removed`}
        </Button>
      )}
    </Panel>
  );
});

const LOOKS: Record<
  Objective['status'],
  { icon: LucideIcon; word: string; color: string; text: string }
> = {
  pending: { icon: Circle, word: 'pending', color: 'text-ink-3', text: '' },
  in_progress: { icon: CircleDot, word: 'in progress', color: 'text-info', text: 'font-medium' },
  completed: { icon: CircleCheck, word: 'completed', color: 'text-good', text: 'text-ink-2' },
  removed: {
    icon: CircleMinus,
    word: 'removed',
    color: 'text-ink-3',
    text: 'text-ink-3 line-through',
  },
};

const ObjectiveRow = memo(function ObjectiveRow({ objective }: { objective: Objective }) {
  const { icon: Icon, word, color, text } = LOOKS[objective.status];
  const { startedAt, completedAt, createdAt } = objective;
  // What was done before the page was opened is no news.
  const [statusAtFirst] = useState(objective.status);
  const isNews = objective.status === 'completed' && statusAtFirst !== 'completed';
  return (
    <li className="flex items-start gap-2 px-3 py-1 text-sm">
      {/* A new key plays the animation when it is completed, and only then. */}
      <Icon
        key={word}
        aria-hidden
        className={`mt-0.5 size-4 shrink-0 ${color} ${isNews ? 'motion-safe:animate-[completed_400ms_ease-out]' : ''}`}
      />
      <span className={`min-w-0 flex-1 break-words ${text}`}>{objective.text}</span>
      <span className="shrink-0 pt-0.5 text-right text-2xs text-ink-3 tabular-nums">
        <span className="sr-only">{word}, </span>
        {completedAt !== null ? (
          <>
            {startedAt !== null &&
              completedAt > startedAt &&
              `${formatDuration(completedAt - startedAt)} · `}
            <RelativeTime at={completedAt} />
          </>
        ) : (
          <>
            {word} <RelativeTime at={startedAt ?? createdAt} />
          </>
        )}
      </span>
    </li>
  );
});
