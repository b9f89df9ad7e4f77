import type { OpenTool } from '@claude-optimizer/protocol';
import { Suspense } from 'react';
import { lazyView } from '@/lib/lazy-view';
import { ActivityFeed } from './ActivityFeed';
import { CostTracker } from './CostTracker';
import { isOpen } from './is-open';
import { MetricsCard } from './MetricsCard';
import type { TabProps } from './moment';
import { ObjectivesList } from './ObjectivesList';
import { SubagentTree } from './SubagentTree';
import { TokenChart } from './TokenChart';
import { ToolUsageStats } from './ToolUsageStats';

const RunPanel = lazyView(() =>
  import('@/components/loop/RunPanel').then((module) => ({ default: module.RunPanel })),
);

const NO_TOOLS: readonly OpenTool[] = [];

/** The session's figures at a glance, and what happens in it. */
export function Overview({ id, detail, moment }: TabProps) {
  const { summary, objectives, tools, agents, files } = detail.state;
  const goesOn = isOpen(summary.status);
  return (
    <div className="space-y-3">
      <MetricsCard summary={summary} />
      {moment === null && (
        <Suspense>
          <RunPanel sessionId={id} objectives={objectives} />
        </Suspense>
      )}
      {/* One column on a phone, two on a screen, three on a wide one. */}
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[minmax(0,1fr)_22rem] 2xl:grid-cols-[minmax(0,1fr)_26rem] min-[120rem]:grid-cols-[minmax(0,1fr)_26rem_40rem]">
        <div className="grid min-w-0 gap-3">
          <TokenChart usage={detail.usage} slotMs={detail.slotMs} />
          <SubagentTree usage={summary.usage} agents={agents} isOpen={goesOn} />
        </div>
        <div className="grid min-w-0 gap-3 lg:row-span-2 min-[120rem]:row-span-1">
          <CostTracker summary={summary} usage={detail.usage} slotMs={detail.slotMs} />
          <ObjectivesList objectives={objectives} />
          <ToolUsageStats tools={tools} files={files} />
        </div>
        <ActivityFeed
          id={id}
          activity={detail.activity}
          openTools={goesOn ? summary.openTools : NO_TOOLS}
        />
      </div>
    </div>
  );
}
