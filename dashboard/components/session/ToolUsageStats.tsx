'use client';

import type { ToolStats, TouchedFile } from '@claude-optimizer/protocol';
import { Ban, CircleX } from 'lucide-react';
import { memo, useMemo } from 'react';
import { Meter } from '@/components/Meter';
import { ToolIcon } from '@/components/ToolIcon';
import { formatDuration, formatExact, toolName } from '@/lib/format';
import { Panel } from './Panel';
import { TouchedFiles } from './TouchedFiles';

type Props = { tools: ToolStats[]; files: TouchedFile[] };

const byCount = (a: ToolStats, b: ToolStats) => b.count - a.count || (a.name < b.name ? -1 : 1);
const counted = (count: number) => `${formatExact(count)} ${count === 1 ? 'call' : 'calls'}`;

/** Which tools were used how often, how long, and with what outcome. */
export const ToolUsageStats = memo(function ToolUsageStats({ tools, files }: Props) {
  const sorted = useMemo(() => [...tools].sort(byCount), [tools]);
  const most = sorted[0]?.count ?? 1;
  const calls = tools.reduce((sum, tool) => sum + tool.count, 0);
  return (
    <Panel title="Tools" aside={<span className="text-xs text-ink-3">{counted(calls)}</span>}>
      {sorted.length === 0 ? (
        <p className="p-3 text-ink-3">No tool was used yet.</p>
      ) : (
        <ul className="divide-y divide-line">
          {sorted.map((tool) => (
            <ToolRow key={tool.name} tool={tool} share={tool.count / most} />
          ))}
        </ul>
      )}
      <TouchedFiles files={files} />
    </Panel>
  );
});

const ToolRow = memo(function ToolRow({ tool, share }: { tool: ToolStats; share: number }) {
  const mean = tool.timed === 0 ? null : tool.durationMs / tool.timed;
  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-1 px-3 py-1.5 text-xs">
      <span className="flex min-w-0 items-center gap-1.5">
        <ToolIcon name={tool.name} />
        <span className="truncate font-medium" title={tool.name}>
          {toolName(tool.name)}
        </span>
      </span>
      <span className="font-medium tabular-nums" title={counted(tool.count)}>
        {formatExact(tool.count)}
      </span>
      <Meter
        share={share}
        label={counted(tool.count)}
        color="var(--accent)"
        className="col-span-2"
      />
      <span className="col-span-2 flex flex-wrap gap-x-3 text-2xs text-ink-3 tabular-nums">
        {mean !== null && (
          <span title={`${formatExact(tool.durationMs)} ms in ${counted(tool.timed)}`}>
            {formatDuration(tool.durationMs)}
            {tool.timed > 1 && ` in all, ${formatDuration(mean)} each`}
          </span>
        )}
        {tool.errors > 0 && (
          <span className="flex items-center gap-1 text-danger">
            <CircleX aria-hidden className="size-3" />
            {formatExact(tool.errors)} failed
          </span>
        )}
        {tool.denials > 0 && (
          <span className="flex items-center gap-1 text-warning">
            <Ban aria-hidden className="size-3" />
            {formatExact(tool.denials)} denied
          </span>
        )}
        {tool.linesAdded + tool.linesRemoved > 0 && (
          <span>
            +{formatExact(tool.linesAdded)} −{formatExact(tool.linesRemoved)} lines
          </span>
        )}
      </span>
    </li>
  );
});
