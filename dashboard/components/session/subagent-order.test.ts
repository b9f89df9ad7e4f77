import { NO_USAGE, type Subagent } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { agentTree, mainThreadUsage, type AgentNode } from './subagent-order';

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

const shape = (nodes: AgentNode[]): string =>
  nodes.map(({ agent, children }) => `${agent.id}(${shape(children)})`).join('');

describe('agentTree', () => {
  it('puts children below their parents, in order of their start', () => {
    const agents = [
      agent('b', null, 2),
      agent('a2', 'a', 5),
      agent('a', null, 1),
      agent('a1', 'a', 3),
      agent('a21', 'a2', 9),
    ];
    expect(shape(agentTree(agents))).toBe('a(a1()a2(a21()))b()');
  });

  it('loses none: unknown parents, circles', () => {
    expect(shape(agentTree([agent('x', 'gone')]))).toBe('x()');
    expect(shape(agentTree([agent('p', 'q'), agent('q', 'p'), agent('own', 'own')]))).toBe(
      'p()q()own()',
    );
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
