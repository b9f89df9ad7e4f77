'use client';

import type { Located } from '@claude-optimizer/protocol';
import { Columns2, ListTree, Search } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { isOpen } from '@/components/session/is-open';
import type { TabProps } from '@/components/session/moment';
import { Skeleton } from '@/components/Skeleton';
import { changeAddressQuery, useAddressQuery } from '@/hooks/useAddressQuery';
import { ConversationStore, foldKey } from '@/lib/conversation/conversation-store';
import { formatExact } from '@/lib/format';
import { useHotkeys } from '@/lib/hotkeys/hotkeys';
import { ConversationContext } from './context';
import { toggleSides, useSides } from './diff-look';
import { FindBar } from './FindBar';
import { markWords } from './mark-words';
import { OutlinePane } from './OutlinePane';
import type { OutlineView } from './outline-views';
import { PassageList, type ListHandle } from './PassageList';
import { RawRecord } from './RawRecord';
import { useConversationStore } from './useConversationStore';
import { useFind } from './useFind';
import { useConversationKeys } from './useConversationKeys';

/** The conversation of a session, readable: from its transcript, wherever that is kept. */
export function Conversation({ id, detail, moment }: TabProps) {
  const store = useMemo(() => new ConversationStore(id), [id]);
  const { summary, objectives } = detail.state;
  const isLive = moment === null && isOpen(summary.status);
  useConversationStore(store, { seq: summary.seq, isLive, until: moment?.at ?? null });
  const list = useRef<ListHandle>(null);
  const [current, setCurrent] = useState<Located | null>(null);
  const [raw, setRaw] = useState<Located | null>(null);
  const [view, setView] = useState<OutlineView>('all');
  const [showsOutline, setShowsOutline] = useState(false);
  const [asked, setAsked] = useState(0);
  const isBeside = useSides();

  const goTo = useCallback(
    (at: Located) => {
      void store.reveal(at).then(() => {
        setCurrent(at);
        // Once its rows are there; heights that were guessed are then known.
        requestAnimationFrame(() => {
          list.current?.scrollTo(at);
          requestAnimationFrame(() => {
            list.current?.scrollTo(at);
            // Whoever types goes on typing.
            if (!(document.activeElement instanceof HTMLInputElement)) list.current?.focus(at);
          });
        });
      });
    },
    [store],
  );
  const finding = useFind(id, asked, (hit) => {
    store.unfold(foldKey(hit), true);
    goTo(hit);
    // The words may stand in the part that the page hasn't got.
    void store.reveal(hit).then(() => store.thread(hit.thread).complete(hit.index));
  });
  const isFinding = asked > 0;
  const wanted = isFinding ? finding.words : '';
  const onDrawn = useCallback(() => markWords(list.current?.element() ?? null, wanted), [wanted]);
  useEffect(() => () => markWords(null, ''), []);
  const closeFind = () => {
    setAsked(0);
    finding.find('');
    list.current?.element()?.focus({ preventScroll: true });
  };
  useHotkeys([
    { keys: 'mod+f', label: 'Find in the conversation', run: () => setAsked(asked + 1) },
    { keys: 'n', label: 'Next match', run: () => finding.step(1) },
    { keys: 'N', label: 'Previous match', run: () => finding.step(-1) },
    { keys: 'o', label: 'Show places', run: () => setShowsOutline(!showsOutline) },
    { keys: 'v', label: 'Changes side by side, or one below the other', run: toggleSides },
    ...(isFinding ? [{ keys: 'Escape', label: 'Close find', run: closeFind }] : []),
  ]);
  useConversationKeys({ store, list, current, goTo });
  const waitsForAll = useWantedPlace(store, goTo, isLive, list);

  const shown = useMemo(() => ({ store, goTo, showRaw: setRaw }), [store, goTo]);
  const { main } = store;
  if (!main.isKnown || (waitsForAll && !main.isWhole)) {
    return main.error ? (
      <ErrorState error={main.error} onRetry={() => void store.refresh()} />
    ) : (
      <div role="status">
        <span className="sr-only">Loading the conversation</span>
        <Skeleton className="h-96" />
      </div>
    );
  }
  const subagents = main.threads.filter(({ aside }) => aside === null).length;
  if (store.rows().count === 0) {
    return (
      <EmptyState title="Nothing has been said">
        <p>{moment ? 'Not up to this moment.' : 'The first words appear here as they come.'}</p>
      </EmptyState>
    );
  }
  return (
    <ConversationContext value={shown}>
      <section
        aria-label="Conversation"
        className="flex h-[calc(100dvh-7rem)] min-h-96 flex-col overflow-hidden rounded-md border border-line bg-surface"
      >
        <header className="flex flex-wrap items-center gap-2 border-b border-line px-2 py-1">
          <Button
            size="small"
            look="quiet"
            aria-expanded={showsOutline}
            className="lg:hidden"
            onClick={() => setShowsOutline(!showsOutline)}
          >
            <ListTree aria-hidden className="size-3.5" />
            Places
          </Button>
          <span className="text-xs text-ink-3 tabular-nums">
            {main.isWhole ? `${formatExact(store.count('main'))} passages` : 'Reading on …'}
            {subagents > 0 &&
              ` · ${formatExact(subagents)} ${subagents === 1 ? 'subagent' : 'subagents'}`}
          </span>
          <Button
            size="small"
            look="quiet"
            aria-pressed={isBeside}
            title="Changes side by side (v)"
            className="ml-auto max-lg:hidden"
            onClick={toggleSides}
          >
            <Columns2 aria-hidden className="size-3.5" />
            Side by side
          </Button>
          <Button
            size="small"
            look="quiet"
            className="max-lg:ml-auto"
            onClick={() => (isFinding ? closeFind() : setAsked(1))}
          >
            <Search aria-hidden className="size-3.5" />
            Find
          </Button>
        </header>
        {isFinding && <FindBar finding={finding} onClose={closeFind} />}
        {main.error && <p className="px-3 py-1 text-xs text-danger">{main.error.message}</p>}
        <div className="flex min-h-0 flex-1 max-lg:flex-col">
          <div
            className={`shrink-0 border-line max-lg:h-2/5 max-lg:border-b lg:w-64 lg:border-r ${showsOutline ? '' : 'max-lg:hidden'}`}
          >
            <OutlinePane objectives={objectives} view={view} onView={setView} />
          </div>
          <div className="min-h-0 min-w-0 flex-1">
            <PassageList ref={list} current={current} follows={isLive} onDrawn={onDrawn} />
          </div>
        </div>
      </section>
      {raw && <RawRecord id={id} at={raw} onClose={() => setRaw(null)} />}
    </ConversationContext>
  );
}

/**
 * Goes where the address says; else to the end of what goes on, once all is there. Whether it still
 * has to: what is shown until then is not what was asked for.
 */
function useWantedPlace(
  store: ConversationStore,
  goTo: (at: Located) => void,
  isLive: boolean,
  list: { readonly current: ListHandle | null },
): boolean {
  const [query] = useAddressQuery();
  const wanted = query.get('at');
  const startsAtEnd = useRef(isLive && wanted === null);
  const isReady = store.main.isWhole && store.main.total > 0;
  useEffect(() => {
    if (!isReady || wanted === null) return;
    void store.locate({ record: wanted }).then((at) => {
      if (at) goTo(at);
      else changeAddressQuery({ at: null }, 'replace');
    });
  }, [store, goTo, wanted, isReady]);
  useEffect(() => {
    if (!isReady || !startsAtEnd.current) return;
    startsAtEnd.current = false;
    list.current?.toEnd();
    requestAnimationFrame(() => list.current?.toEnd());
  }, [isReady, list]);
  return wanted !== null || isLive;
}
