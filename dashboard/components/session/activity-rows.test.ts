import type { SessionEvent } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { activityRows } from './activity-rows';

const at = (seq: number) => ({ seq, sessionId: 's', timestamp: seq * 1_000 });
const tool = (seq: number, phase: 'start' | 'end', outcome?: 'ok' | 'error'): SessionEvent => ({
  ...at(seq),
  type: 'session:tool',
  toolUseId: 't1',
  name: 'Bash',
  agentId: null,
  phase,
  label: 'ls',
  ...(outcome ? { outcome } : {}),
});
const message: SessionEvent = {
  ...at(2),
  type: 'session:message',
  recordId: 'r',
  agentId: null,
  text: 'Done',
  closing: false,
};

describe('activityRows', () => {
  it('makes one row of a tool’s use and result, the newest row first', () => {
    const rows = activityRows([tool(1, 'start'), message, tool(3, 'end', 'ok')], 'all');
    expect(rows.map(({ key }) => key)).toEqual(['2', '1']);
    expect(rows[1]?.end?.seq).toBe(3);
  });

  it('keeps a result whose use is further back', () => {
    expect(activityRows([tool(3, 'end', 'ok')], 'all')[0]?.end?.seq).toBe(3);
  });

  it('narrows by kind; a failed tool is a problem', () => {
    const events = [tool(1, 'start'), message, tool(3, 'end', 'error')];
    expect(activityRows(events, 'problems').map(({ key }) => key)).toEqual(['1']);
    expect(activityRows(events, 'tools')).toEqual([]);
    expect(activityRows(events, 'talk').map(({ key }) => key)).toEqual(['2']);
  });

  it('goes by time, whenever the line was read', () => {
    const late: SessionEvent = { ...message, seq: 9, timestamp: 1_500 };
    const rows = activityRows([tool(1, 'start'), tool(3, 'end', 'ok'), message, late], 'all');
    expect(rows.map(({ key }) => key)).toEqual(['2', '9', '1']);
  });

  it('says once that a turn ended, whatever was read in between', () => {
    const end = (seq: number, timestamp: number): SessionEvent => ({
      ...at(seq),
      timestamp,
      type: 'session:turn',
      recordId: 'r',
      phase: 'end',
      durationMs: seq,
    });
    const early: SessionEvent = { ...message, seq: 7, timestamp: 100 };
    const events = [message, end(6, 3_000), early, end(8, 3_000)];
    expect(activityRows(events, 'all').map(({ key }) => key)).toEqual(['8', '2', '7']);
  });

  it('says once that a subagent started, and once that it ended', () => {
    const agent = (
      seq: number,
      agentId: string,
      status: 'running' | 'completed',
    ): SessionEvent => ({
      ...at(seq),
      type: 'session:agent',
      agentId,
      parentAgentId: null,
      toolUseId: 't9',
      agentType: null,
      description: 'Look around',
      prompt: null,
      status,
      agents: 1,
    });
    const events = [
      agent(1, 'use:t9', 'running'),
      agent(2, 'a1', 'running'),
      agent(3, 'a1', 'completed'),
    ];
    expect(activityRows(events, 'all').map(({ key }) => key)).toEqual(['3', '1']);
  });
});
