import type { Notice, SessionEvent } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { NOW, prompted, tokensUsed, turnEnded, usageOf } from '../feed/event.fixture';
import { withNotices, withoutSaid } from './fold-loop';

describe('withNotices', () => {
  const notice = (id: string, at: number): Notice => ({
    ...{ id, at, level: 'info', kind: 'run', title: id, text: '' },
    ...{ planId: null, runId: null, sessionId: null },
  });

  it('keeps each once, the newest first', () => {
    const known = [notice('b', 2), notice('a', 1)];
    expect(withNotices(known, [notice('c', 3), notice('b', 2)]).map(({ id }) => id)).toEqual([
      'c',
      'b',
      'a',
    ]);
    expect(withNotices(known, [notice('a', 1)])).toBe(known);
  });
});

describe('withoutSaid', () => {
  const written = new Map([['a', { sessionId: 'a', messageId: 'm', text: 'Half a sen' }]]);
  const message = (sessionId: string, agentId: string | null): SessionEvent => ({
    ...{ seq: 9, sessionId, timestamp: NOW, type: 'session:message', recordId: 'r' },
    ...{ agentId, text: 'Half a sentence', closing: true },
  });

  it('gives way to the message itself and to the end of the turn', () => {
    expect(withoutSaid(written, [message('a', null)]).size).toBe(0);
    expect(withoutSaid(written, [turnEnded(9, 'a')]).size).toBe(0);
  });

  it('stays for what others say and for what is no words', () => {
    const others = [message('b', null), message('a', 'agent'), prompted(8, 'a')];
    expect(withoutSaid(written, [...others, tokensUsed(9, 'a', usageOf(3))])).toBe(written);
  });
});
