'use client';

import type { FileStory } from '@claude-optimizer/core/story';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef, type KeyboardEvent } from 'react';
import { formatExact } from '@/lib/format';
import { shownPath } from './shown-files';

const ROW_HEIGHT = 30;
const MOST_HEIGHT = 640;

type Props = {
  files: readonly FileStory[];
  chosen: FileStory | null;
  onChoose: (file: FileStory) => void;
};

/** The files to choose from: by pointer, or with the arrow keys. */
export const FileList = memo(function FileList({ files, chosen, onChoose }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const at = files.findIndex((file) => file.path === chosen?.path);
  const virtual = useVirtualizer({
    count: files.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, at, files.length);
    const file = next === null ? undefined : files[next];
    if (next === null || !file) return;
    event.preventDefault();
    onChoose(file);
    virtual.scrollToIndex(next);
  };
  if (files.length === 0) return <p className="p-3 text-xs text-ink-3">No file is called that.</p>;
  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label="Files"
      tabIndex={0}
      aria-activedescendant={at === -1 ? undefined : `file-${at}`}
      onKeyDown={onKeyDown}
      className="overflow-y-auto -outline-offset-2"
      style={{ height: Math.min(MOST_HEIGHT, files.length * ROW_HEIGHT) }}
    >
      <div className="relative" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const file = files[index];
          return (
            file && (
              <FileRow
                key={file.path}
                file={file}
                index={index}
                start={start}
                count={files.length}
                isChosen={index === at}
                onChoose={onChoose}
              />
            )
          );
        })}
      </div>
    </div>
  );
});

type RowProps = {
  file: FileStory;
  index: number;
  start: number;
  count: number;
  isChosen: boolean;
  onChoose: (file: FileStory) => void;
};

function FileRow({ file, index, start, count, isChosen, onChoose }: RowProps) {
  const { folder, name } = shownPath(file);
  return (
    <div
      id={`file-${index}`}
      role="option"
      aria-selected={isChosen}
      aria-posinset={index + 1}
      aria-setsize={count}
      title={file.path}
      onClick={() => onChoose(file)}
      className="absolute top-0 left-0 flex w-full cursor-pointer items-center gap-2 border-b border-line px-3 text-xs hover:bg-sunken aria-selected:bg-accent-soft"
      style={{ height: ROW_HEIGHT, transform: `translateY(${start}px)` }}
    >
      <span className="flex min-w-0 flex-1 font-mono text-2xs">
        <span className="min-w-0 truncate text-ink-3" dir="rtl">
          <bdi dir="ltr">{folder}</bdi>
        </span>
        <span className="shrink-0 font-medium">{name}</span>
      </span>
      <FileCounts file={file} />
    </div>
  );
}

/** How often a file was edited and read, and what that changed. */
export function FileCounts({ file }: { file: FileStory }) {
  const { edits, reads, linesAdded, linesRemoved } = file;
  return (
    <span className="shrink-0 text-2xs text-ink-3 tabular-nums">
      {edits.length > 0 && (
        <>
          {formatExact(edits.length)} {edits.length === 1 ? 'edit' : 'edits'}{' '}
          <span className="text-good">+{formatExact(linesAdded)}</span>{' '}
          <span className="text-danger">−{formatExact(linesRemoved)}</span>
        </>
      )}
      {edits.length > 0 && reads.length > 0 && ' · '}
      {reads.length > 0 && `${formatExact(reads.length)} ${reads.length === 1 ? 'read' : 'reads'}`}
    </span>
  );
}

/** Where a key leads in the list; null for every other key. */
function nextIndex(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'PageDown':
      return Math.min(count - 1, at + 10);
    case 'PageUp':
      return Math.max(0, at - 10);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
