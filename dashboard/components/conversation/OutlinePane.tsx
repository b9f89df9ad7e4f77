'use client';

import type { Landmark, Located, Objective } from '@claude-optimizer/protocol';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  Bot,
  CircleStop,
  FileWarning,
  MessageCircleQuestion,
  OctagonAlert,
  Shrink,
  Target,
  User,
  type LucideIcon,
} from 'lucide-react';
import { useRef } from 'react';
import { Cost } from '@/components/Cost';
import { countUntil } from '@/lib/conversation/rows';
import { visibleText } from '@claude-optimizer/protocol';
import { useConversation, useShown } from './context';
import { VIEWS, type OutlineView } from './outline-views';
import { ASIDE_WORDS, threadWords } from './thread-words';

const ROW = 34;

type Props = {
  objectives: readonly Objective[];
  view: OutlineView;
  onView: (view: OutlineView) => void;
};

type Entry = {
  key: string;
  Icon: LucideIcon;
  look: string;
  label: string;
  cost: number | null;
  at: Located;
  /** Whether it stands in a branch that was abandoned. */
  wasLeft?: boolean;
};

/** Where one may want to go: prompts, errors, expensive turns, objectives, subagents. */
export function OutlinePane({ objectives, view, onView }: Props) {
  const { store, goTo } = useConversation();
  useShown((shown) => shown.version());
  const entries = entriesOf(view);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
  });

  function entriesOf(wanted: OutlineView): Entry[] {
    const { main } = store;
    const wasLeft = (index: number) => store.branchOf(index) !== null;
    const shown = main.landmarks.filter(({ index }) => index < store.count('main'));
    switch (wanted) {
      case 'all':
        return shown.map((place) => ofLandmark(place, wasLeft(place.index)));
      case 'errors':
        return shown
          .filter(({ kind }) => kind !== 'prompt' && kind !== 'compaction')
          .map((place) => ofLandmark(place, wasLeft(place.index)));
      case 'expensive':
        return shown
          .filter(({ costMicrodollars }) => (costMicrodollars ?? 0) > 0)
          .sort((a, b) => (b.costMicrodollars ?? 0) - (a.costMicrodollars ?? 0))
          .slice(0, 50)
          .map((place) => ofLandmark(place, wasLeft(place.index)));
      case 'objectives':
        return objectives.map((objective) => {
          const at = objective.completedAt ?? objective.startedAt ?? objective.createdAt;
          const index = Math.max(0, countUntil(main.times, at - main.startsAt) - 1);
          return {
            key: objective.id,
            Icon: Target,
            look: objective.status === 'completed' ? 'text-good' : 'text-ink-3',
            label: objective.text,
            cost: null,
            at: { thread: 'main', index },
          };
        });
      case 'subagents':
        return main.threads.map((thread) => ({
          key: thread.id,
          Icon: thread.aside === null ? Bot : MessageCircleQuestion,
          look: thread.aside === null ? 'text-info' : 'text-ink-3',
          label: [thread.aside ? ASIDE_WORDS[thread.aside] : '', threadWords(thread)]
            .filter((word) => word !== '')
            .join(' · '),
          cost: null,
          at: { thread: thread.id, index: 0 },
        }));
    }
  }

  return (
    <nav aria-label="Places in the conversation" className="flex h-full min-h-0 flex-col">
      <label className="flex items-center gap-2 border-b border-line px-2 py-1 text-xs text-ink-3">
        <span className="sr-only">Show</span>
        <select
          value={view}
          onChange={({ target }) => {
            const next = VIEWS.find(({ id }) => id === target.value);
            if (next) onView(next.id);
          }}
          className="h-7 w-full rounded-sm border border-control-line bg-surface px-1 text-sm text-ink"
        >
          {VIEWS.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <div
        ref={scroller}
        tabIndex={0}
        role="group"
        aria-label="Places"
        className="min-h-0 flex-1 overflow-y-auto -outline-offset-2"
      >
        {entries.length === 0 && <p className="p-3 text-xs text-ink-3">None in this session.</p>}
        <ol className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const entry = entries[index];
            if (!entry) return null;
            return (
              <li
                key={entry.key}
                aria-setsize={entries.length}
                aria-posinset={index + 1}
                className="absolute top-0 left-0 w-full"
                style={{ height: ROW, transform: `translateY(${start}px)` }}
              >
                <EntryButton entry={entry} onGo={goTo} />
              </li>
            );
          })}
        </ol>
      </div>
    </nav>
  );
}

function EntryButton({ entry, onGo }: { entry: Entry; onGo: (at: Located) => void }) {
  const { Icon, look, label, cost, at, wasLeft = false } = entry;
  return (
    <button
      type="button"
      onClick={() => onGo(at)}
      className="flex size-full items-center gap-2 px-2 text-left text-xs -outline-offset-2 hover:bg-sunken"
    >
      <Icon aria-hidden className={`size-3.5 shrink-0 ${wasLeft ? 'text-ink-3' : look}`} />
      <bdi className={`min-w-0 flex-1 truncate ${wasLeft ? 'text-ink-3 line-through' : ''}`}>
        {visibleText(label)}
      </bdi>
      {wasLeft && <span className="sr-only">(abandoned)</span>}
      {cost !== null && <Cost microdollars={cost} className="shrink-0 text-ink-3" />}
    </button>
  );
}

const KINDS: Record<Landmark['kind'], { Icon: LucideIcon; look: string; words: string }> = {
  prompt: { Icon: User, look: 'text-accent', words: 'Prompt' },
  error: { Icon: OctagonAlert, look: 'text-danger', words: 'Error' },
  compaction: { Icon: Shrink, look: 'text-info', words: 'Compaction' },
  interruption: { Icon: CircleStop, look: 'text-warning', words: 'Interrupted' },
  unreadable: { Icon: FileWarning, look: 'text-warning', words: 'Unreadable line' },
};

function ofLandmark({ index, kind, label, costMicrodollars }: Landmark, wasLeft: boolean): Entry {
  const { Icon, look, words } = KINDS[kind];
  return {
    key: String(index),
    Icon,
    look,
    label: label === '' ? words : label,
    cost: costMicrodollars,
    at: { thread: 'main', index },
    wasLeft,
  };
}
