'use client';

import type { FileStory, Story, ToolCall } from '@claude-optimizer/core/story';
import { Ban, CircleCheck, CircleX, Hourglass, type LucideIcon } from 'lucide-react';
import { memo, useState } from 'react';
import { Button } from '@/components/Button';
import { ToolIcon } from '@/components/ToolIcon';
import { formatClock, formatExact, formatMoment } from '@/lib/format';
import { CopyButton } from '../CopyButton';
import { Panel } from '../Panel';
import { PlaceLink } from '../story/PlaceLink';
import { EditDiff } from './EditDiff';
import { FileCounts } from './FileList';

const FIRST_ROWS = 60;

type Props = { id: string; file: FileStory; story: Story };

/** A file's edits in order: when, who, what came of it, and the change itself on demand. */
export const FileEdits = memo(function FileEdits({ id, file, story }: Props) {
  const [isWhole, setWhole] = useState(false);
  const [withReads, setWithReads] = useState(file.edits.length === 0);
  const calls = withReads
    ? [...file.edits, ...file.reads].sort((a, b) => a.startAt - b.startAt)
    : file.edits;
  const shown = isWhole ? calls : calls.slice(0, FIRST_ROWS);
  return (
    <Panel title={file.inProject ?? file.path} aside={<FileCounts file={file} />}>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-1.5 text-2xs text-ink-3">
        <span className="min-w-0 flex-1 font-mono break-all">{file.path}</span>
        <CopyButton text={file.path} label="Copy the path" />
        {file.reads.length > 0 && file.edits.length > 0 && (
          <Button
            size="small"
            look="quiet"
            aria-pressed={withReads}
            onClick={() => setWithReads(!withReads)}
          >
            With reads
          </Button>
        )}
      </div>
      <ol aria-label={`Edits of ${file.inProject ?? file.path}`}>
        {shown.map((call) => (
          <li key={call.toolUseId} className="border-b border-line last:border-b-0">
            <EditRow id={id} call={call} isEdit={file.edits.includes(call)} story={story} />
          </li>
        ))}
      </ol>
      {calls.length > FIRST_ROWS && (
        <div className="border-t border-line p-2">
          <Button size="small" look="quiet" onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'Show fewer' : `Show all ${formatExact(calls.length)}`}
          </Button>
        </div>
      )}
    </Panel>
  );
});

type Look = { Icon: LucideIcon; color: string; word: string };

const LOOKS: Record<NonNullable<ToolCall['outcome']> | 'open', Look> = {
  ok: { Icon: CircleCheck, color: 'text-good', word: 'done' },
  error: { Icon: CircleX, color: 'text-danger', word: 'failed' },
  denied: { Icon: Ban, color: 'text-warning', word: 'denied' },
  cancelled: { Icon: Ban, color: 'text-ink-3', word: 'cancelled' },
  open: { Icon: Hourglass, color: 'text-ink-3', word: 'no result' },
};

type RowProps = { id: string; call: ToolCall; isEdit: boolean; story: Story };

function EditRow({ id, call, isEdit, story }: RowProps) {
  const [isOpen, setOpen] = useState(false);
  const { Icon, color, word } = LOOKS[call.outcome ?? 'open'];
  const thread = call.agentId === null ? null : story.threads.get(call.agentId);
  const who = call.agentId === null ? 'main thread' : (thread?.description ?? 'subagent');
  return (
    <div className="px-3 py-1.5 text-xs">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <time
          dateTime={new Date(call.startAt).toISOString()}
          title={formatMoment(call.startAt)}
          className="text-2xs text-ink-3 tabular-nums"
        >
          {formatClock(call.startAt)}
        </time>
        <ToolIcon name={call.name} />
        <PlaceLink place={call.toolUseId} className="font-medium">
          {call.name}
        </PlaceLink>
        <span className={`flex items-center gap-1 text-2xs ${color}`}>
          <Icon aria-hidden className="size-3" />
          {word}
        </span>
        {call.lines && (
          <span className="text-2xs tabular-nums">
            <span className="text-good">+{formatExact(call.lines.added)}</span>{' '}
            <span className="text-danger">−{formatExact(call.lines.removed)}</span>
          </span>
        )}
        <span className="min-w-0 flex-1 truncate text-2xs text-ink-3" title={who}>
          {who}
        </span>
        {isEdit && (
          <Button size="small" look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide change' : 'Show change'}
            <span className="sr-only"> of {formatClock(call.startAt)}</span>
          </Button>
        )}
      </div>
      {call.error !== null && (
        <p className="mt-0.5 line-clamp-2 text-2xs break-words text-danger">{call.error}</p>
      )}
      {isOpen && <EditDiff id={id} toolUseId={call.toolUseId} />}
    </div>
  );
}
