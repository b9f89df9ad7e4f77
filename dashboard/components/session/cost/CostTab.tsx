'use client';

import {
  broughtByTool,
  contextSteps,
  costByTool,
  costByTurn,
  findings,
  type Story,
} from '@claude-optimizer/core/story';
import type { SessionEvent } from '@claude-optimizer/protocol';
import { useMemo } from 'react';
import type { TabProps } from '../moment';
import { StoryGate } from '../story/StoryGate';
import { CostChart } from './CostChart';
import { CostRule } from './CostRule';
import { FindingList } from './FindingList';
import { ToolCosts } from './ToolCosts';
import { TurnCosts } from './TurnCosts';

const EMPTY = {
  title: 'Nothing has cost anything yet',
  text: 'With the first response of the model its cost stands here, by turn and by tool.',
};

/** What made the session expensive: findings, cost over time, by turn and by tool. */
export function CostTab(props: TabProps) {
  return (
    <StoryGate
      {...props}
      name="Cost"
      isEmpty={({ responses }) => responses.length === 0}
      empty={EMPTY}
    >
      {(story, events) => <Costs story={story} events={events} />}
    </StoryGate>
  );
}

function Costs({ story, events }: { story: Story; events: readonly SessionEvent[] }) {
  const byTurn = useMemo(() => costByTurn(story), [story]);
  const byTool = useMemo(() => costByTool(story), [story]);
  const steps = useMemo(() => contextSteps(story), [story]);
  const brought = useMemo(() => broughtByTool(steps), [steps]);
  const found = useMemo(() => findings(story, steps), [story, steps]);
  return (
    <div className="grid grid-cols-1 items-start gap-3 xl:grid-cols-[minmax(0,1fr)_26rem]">
      <CostChart story={story} events={events} />
      {/* Beside all the rest where there is room, else above it. */}
      <div className="min-w-0 xl:col-start-2 xl:row-span-2 xl:row-start-1">
        <FindingList story={story} found={found} />
      </div>
      <div className="grid min-w-0 gap-3">
        <TurnCosts story={story} rows={byTurn.turns} rest={byTurn.rest} />
        <ToolCosts story={story} rows={byTool.purposes} brought={brought} rest={byTool.rest} />
        <CostRule />
      </div>
    </div>
  );
}
