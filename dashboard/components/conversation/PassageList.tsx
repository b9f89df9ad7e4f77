'use client';

import type { Located } from '@claude-optimizer/protocol';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type Ref } from 'react';
import { rowAt, rowOf, type Row, type Rows } from '@/lib/conversation/rows';
import { useConversation, useShown } from './context';
import { PassageView } from './PassageView';
import { BranchButton } from './BranchButton';
import { ThreadButton } from './ThreadButton';

/** What is known of a row's height before it is drawn (px). */
const LINE = 20;
const AROUND = 22;
/** So near to the end the reader follows what comes. */
const NEAR_END = 60;

export type ListHandle = {
  scrollTo: (at: Located) => void;
  /** The passage at the top of what is seen. */
  first: () => Located | null;
  /** Unfolds what a passage has folded away, or folds it. */
  fold: (at: Located) => void;
  focus: (at: Located) => void;
  toEnd: () => void;
  element: () => HTMLElement | null;
};

type Props = {
  ref: Ref<ListHandle>;
  current: Located | null;
  /** Whether the list stays at its end as passages come. */
  follows: boolean;
  /** Called after another part of the list is drawn. */
  onDrawn: () => void;
};

/** The passages of a conversation, however many: those in sight are drawn, and asked for. */
export function PassageList({ ref, current, follows, onDrawn }: Props) {
  const { store } = useConversation();
  const version = useShown((shown) => shown.version());
  const rows = store.rows();
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(false);
  const virtual = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: (number) => heightOf(rowAt(rows, number), store.thread.bind(store)),
    getItemKey: (number) => keyOf(rowAt(rows, number)) ?? number,
    overscan: 6,
    paddingEnd: 16,
  });
  const seen = virtual.getVirtualItems();
  const firstSeen = seen[0]?.index ?? 0;
  const lastSeen = seen.at(-1)?.index ?? -1;

  useEffect(() => {
    for (let number = firstSeen; number <= lastSeen; number += 1) {
      const row = rowAt(rows, number);
      if (row?.kind === 'passage') void store.thread(row.thread).load(row.index);
    }
  }, [store, rows, firstSeen, lastSeen, version]);

  useEffect(onDrawn);

  useLayoutEffect(() => {
    if (follows && isAtEnd.current) virtual.scrollToIndex(rows.count - 1, { align: 'end' });
  }, [follows, rows.count, virtual]);

  useImperativeHandle(ref, () => handle(virtual, rows, scroller));

  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label="Passages of the conversation"
      className="h-full overflow-y-auto -outline-offset-2 [contain:strict] [overflow-anchor:none]"
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
    >
      <div className="relative w-full" style={{ height: virtual.getTotalSize() }}>
        <div
          className="absolute top-0 left-0 w-full"
          style={{ transform: `translateY(${seen[0]?.start ?? 0}px)` }}
        >
          {seen.map((item) => (
            <div key={item.key} ref={virtual.measureElement} data-index={item.index}>
              <RowView row={rowAt(rows, item.index)} size={item.size} current={current} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function RowView({
  row,
  size,
  current,
}: {
  row: Row | null;
  size: number;
  current: Located | null;
}) {
  const { store } = useConversation();
  if (row === null) return null;
  if (row.kind === 'head') {
    return (
      <div className="flex gap-2 px-3 py-0.5">
        {row.depth > 0 && <span aria-hidden className="w-3 shrink-0 border-l border-line-strong" />}
        <ThreadButton thread={row.thread} at={null} />
      </div>
    );
  }
  if (row.kind === 'branch') return <BranchButton branch={row.branch} />;
  const { thread, index, depth } = row;
  const passage = store.thread(thread).passages.get(index);
  if (!passage) return <div aria-hidden style={{ height: size }} />;
  const id = 'messageId' in passage ? passage.messageId : null;
  const answer = id === null ? null : (store.thread(thread).answers.get(id) ?? null);
  const isCurrent = current?.thread === thread && current.index === index;
  return (
    <PassageView
      passage={passage}
      thread={thread}
      depth={depth}
      answer={answer}
      isCurrent={isCurrent}
    />
  );
}

function heightOf(row: Row | null, thread: (id: string) => { weights: number[] }): number {
  if (row?.kind !== 'passage') return 30;
  return (thread(row.thread).weights[row.index] ?? 1) * LINE + AROUND;
}

function keyOf(row: Row | null): string | null {
  if (row === null) return null;
  switch (row.kind) {
    case 'head':
      return `head ${row.thread}`;
    case 'branch':
      return `branch ${row.branch.from}`;
    case 'passage':
      return `${row.thread} ${row.index}`;
  }
}

function handle(
  virtual: Virtualizer<HTMLDivElement, Element>,
  rows: Rows,
  scroller: { readonly current: HTMLDivElement | null },
): ListHandle {
  return {
    scrollTo: (at) => {
      const number = rowOf(rows, at);
      if (number >= 0) virtual.scrollToIndex(number, { align: 'start' });
    },
    first: () => {
      const top = scroller.current?.scrollTop ?? 0;
      const item = virtual.getVirtualItems().find(({ end }) => end > top + 1);
      const row = item ? rowAt(rows, item.index) : null;
      return row?.kind === 'passage' ? { thread: row.thread, index: row.index } : null;
    },
    fold: (at) =>
      inList(scroller.current, at)?.querySelector<HTMLElement>('[aria-expanded]')?.click(),
    focus: (at) => inList(scroller.current, at)?.focus({ preventScroll: true }),
    toEnd: () => virtual.scrollToIndex(rows.count - 1, { align: 'end' }),
    element: () => scroller.current,
  };
}

function inList(list: HTMLElement | null, { thread, index }: Located): HTMLElement | null {
  const name = CSS.escape(`${thread} ${index}`);
  return list?.querySelector<HTMLElement>(`[data-passage="${name}"]`) ?? null;
}
