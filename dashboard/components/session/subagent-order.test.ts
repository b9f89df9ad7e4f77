import { NO_USAGE, type Subagent } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { inTreeOrder, mainThreadUsage } from './subagent-order';

function agent(id: string, parentId: string | null, startedAt = 0, output = 0): Subagent {
  const usage = { ...NO_USAGE, messages: 1, outputTokens: output, costMicrodollars: output * 10 };
  const unknown = {
    toolUseId: null,
    agentType: null,
    description: null,
    prompt: null,
    model: null,
  };
  return { ...unknown, id, parentId, status: 'running', usage, tools: 0, startedAt, lastAt: 0 };
}

const shape = (agents: Subagent[]) =>
  inTreeOrder(agents).map((row) => `${String(row.depth)} ${row.agent.id}`);

describe('inTreeOrder', () => {
  it('puts children below their parents, in order of their start', () => {
    const agents = [
      agent('b', null, 2),
      agent('a2', 'a', 5),
      agent('a', null, 1),
      agent('a1', 'a', 3),
    ];
    expect(shape(agents)).toEqual(['1 a', '2 a1', '2 a2', '1 b']);
  });

  it('loses none: unknown parents, circles', () => {
    expect(shape([agent('x', 'gone')])).toEqual(['1 x']);
    expect(shape([agent('p', 'q'), agent('q', 'p')])).toEqual(['1 p', '1 q']);
  });
});

describe('mainThreadUsage', () => {
  it('is what the subagents did not use', () => {
    const all = { ...NO_USAGE, messages: 5, outputTokens: 100, costMicrodollars: 1_000 };
    expect(mainThreadUsage(all, [agent('a', null, 0, 30), agent('b', 'a', 0, 20)])).toMatchObject({
      messages: 3,
      outputTokens: 50,
      costMicrodollars: 500,
    });
  });
});
