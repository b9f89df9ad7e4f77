'use client';

import type { SessionSummary } from '@claude-optimizer/protocol';
import { OctagonAlert, Target } from 'lucide-react';
import { memo } from 'react';
import { Elapsed } from '@/components/Duration';
import { ToolIcon } from '@/components/ToolIcon';
import { toolName } from '@/lib/format';

const SHOWN_TOOLS = 3;

type Props = { summary: SessionSummary };

/** What happens at this moment: open tools, the current objective, the last error. */
export const NowStrip = memo(function NowStrip({ summary }: Props) {
  const isRunning = summary.status === 'running' || summary.status === 'waiting';
  const tools = isRunning ? summary.openTools.slice(0, SHOWN_TOOLS) : [];
  const more = isRunning ? summary.openTools.length - tools.length : 0;
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-5 gap-y-1 rounded-md border border-line bg-surface px-3 py-1.5 text-xs">
      {tools.map((tool) => (
        <span key={tool.toolUseId} className="flex min-w-0 items-center gap-1.5 text-info">
          <ToolIcon name={tool.name} />
          <span className="font-medium">{toolName(tool.name)}</span>
          <span className="max-w-64 truncate font-mono text-2xs text-ink-2" title={tool.label}>
            {tool.label}
          </span>
          <Elapsed since={tool.startedAt} />
        </span>
      ))}
      {more > 0 && <span className="text-ink-3">and {more} more</span>}
      {tools.length === 0 && (
        <span className="text-ink-3">{isRunning ? 'No tool is open' : 'Nothing is running'}</span>
      )}
      {summary.currentObjective !== null && (
        <span className="flex min-w-0 items-center gap-1.5 text-ink-2">
          <Target aria-hidden className="size-3.5 shrink-0" />
          <span className="truncate" title={summary.currentObjective}>
            {summary.currentObjective}
          </span>
        </span>
      )}
      {summary.lastError !== null && (
        <span className="flex min-w-0 items-center gap-1.5 text-danger">
          <OctagonAlert aria-hidden className="size-3.5 shrink-0" />
          <span className="truncate" title={summary.lastError}>
            {summary.lastError}
          </span>
        </span>
      )}
    </div>
  );
});
