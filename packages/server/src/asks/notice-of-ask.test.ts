import type { Ask } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { tellOfAsk } from './notice-of-ask.js';

const ask: Ask = {
  ...{ id: 'a', kind: 'permission', sessionId: 's', runId: null, project: '/work/shop' },
  ...{ toolName: 'Bash', toolUseId: null, agentId: null, label: 'npm test', input: {} },
  ...{ questions: [], askedAt: 0, expiresAt: null },
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('tells of a run at once', () => {
  const tell = vi.fn();
  tellOfAsk({ ...ask, runId: 'r' }, { list: () => [] }, { tell });
  expect(tell).toHaveBeenCalledExactlyOnceWith({
    ...{ kind: 'ask', level: 'warning', planId: null, runId: 'r', sessionId: 's' },
    ...{ title: 'Bash asks for permission in shop', text: 'npm test' },
  });
});

it('tells of a session by hand only if it still waits after a while', () => {
  const tell = vi.fn();
  let open = [ask];
  tellOfAsk(ask, { list: () => open }, { tell });
  expect(tell).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(tell).toHaveBeenCalledOnce();
  tellOfAsk(ask, { list: () => open }, { tell });
  open = [];
  vi.runAllTimers();
  expect(tell).toHaveBeenCalledOnce();
});
