'use client';

import {
  layOut,
  readMarks,
  standstills,
  timeAxis,
  type Story,
  type Timeline,
} from '@claude-optimizer/core/story';
import type { SessionEvent } from '@claude-optimizer/protocol';
import { useMemo, useState } from 'react';
import { Button } from '@/components/Button';
import { useNow } from '@/lib/clock';
import { isOpen } from '../is-open';
import type { TabProps } from '../moment';
import { Panel } from '../Panel';
import { StoryGate } from '../story/StoryGate';
import { BarTable } from './BarTable';
import { Legend } from './Legend';
import { Waterfall } from './Waterfall';

const EMPTY = {
  title: 'Nothing has happened yet',
  text: 'With the first prompt, its turn, its tools and its subagents stand here on one axis.',
};

/** When what happened, and who waited for whom: turns, tools and subagents on one axis. */
export function TimelineTab(props: TabProps) {
  const goesOn = props.moment === null && isOpen(props.detail.state.summary.status);
  return (
    <StoryGate
      {...props}
      name="Timeline"
      isEmpty={({ turns, calls, responses }) =>
        turns.length + calls.length + responses.length === 0
      }
      empty={EMPTY}
    >
      {(story, events) =>
        goesOn ? (
          <Live story={story} events={events} />
        ) : (
          <Laid story={story} events={events} until={props.moment?.at ?? story.lastAt} />
        )
      }
    </StoryGate>
  );
}

type Read = { story: Story; events: readonly SessionEvent[] };

/** With the clock: what is open grows. */
function Live(read: Read) {
  const now = useNow();
  return <Laid {...read} until={Math.max(now, read.story.lastAt)} />;
}

function Laid({ story, events, until }: Read & { until: number }) {
  const [isTable, setTable] = useState(false);
  const [isShort, setShort] = useState(true);
  const timeline = useMemo(() => layOut(story, until), [story, until]);
  const marks = useMemo(() => readMarks(events), [events]);
  const axis = useMemo(() => axisOf(story, timeline, isShort), [story, timeline, isShort]);
  return (
    <Panel
      title="Timeline"
      aside={
        <span className="flex flex-wrap gap-1">
          {!isTable && (
            <Button
              size="small"
              look="quiet"
              aria-pressed={isShort}
              onClick={() => setShort(!isShort)}
            >
              Shorten waits
            </Button>
          )}
          <Button size="small" look="quiet" onClick={() => setTable(!isTable)}>
            {isTable ? 'Show as bars' : 'Show as table'}
          </Button>
        </span>
      }
    >
      {isTable ? (
        <BarTable timeline={timeline} marks={marks} />
      ) : (
        <>
          {/* Another axis has other places: what was shown of it means nothing there. */}
          <Waterfall key={String(isShort)} timeline={timeline} marks={marks} axis={axis} />
          <Legend marks={marks} />
        </>
      )}
    </Panel>
  );
}

function axisOf(story: Story, { from, to, waits }: Timeline, isShort: boolean) {
  return timeAxis(from, to, isShort ? standstills(story, waits) : []);
}
