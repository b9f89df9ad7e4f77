import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GuardedHand, SESSION } from '../budgets/hand-guard.fixture.js';

const BASH = { tool_name: 'Bash', tool_input: { command: 'npm test', description: 'harmless' } };
const allow = decision({ behavior: 'allow' });

function decision(decided: Record<string, unknown>) {
  return { hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: decided } };
}

describe('a permission request of a session started by hand', () => {
  let hand: GuardedHand;
  beforeEach(async () => {
    hand = new GuardedHand();
    hand.guard.pages = () => 1;
    await hand.meet();
  });
  const request = (more = {}) => hand.hook('PermissionRequest', { ...BASH, ...more });
  const open = () => {
    const [ask] = hand.asks.list();
    if (!ask) throw new Error('nothing is asked');
    return ask;
  };

  it('is a question on the page that shows what would run, not what it is said to do', () => {
    hand.hook('PreToolUse', { ...BASH, tool_use_id: 'toolu_0', tool_input: { command: 'ls' } });
    hand.hook('PreToolUse', { ...BASH, tool_use_id: 'toolu_1' });
    request();
    expect(open()).toMatchObject({
      kind: 'permission',
      sessionId: SESSION,
      runId: null,
      project: '/work/shop/src',
      toolName: 'Bash',
      toolUseId: 'toolu_1',
      label: 'npm test',
      input: BASH.tool_input,
      covers: 'exactly this command',
      expiresAt: hand.now + 60_000,
    });
  });

  it.each([
    [{ decision: 'allow' }, allow],
    [{ decision: 'deny', reason: ' not now ' }, decision({ behavior: 'deny', message: 'not now' })],
    [
      { decision: 'deny', reason: '' },
      decision({ behavior: 'deny', message: 'The user refused this.' }),
    ],
  ] as const)('is answered with %j', async (answer, expected) => {
    const verdict = request();
    hand.asks.answer(open().id, answer);
    await expect(verdict?.answer).resolves.toEqual(expected);
    expect(request()?.answer).toBeInstanceOf(Promise);
  });

  it('is remembered for the session as far as the person was told, and no further', async () => {
    const verdict = request();
    hand.asks.answer(open().id, { decision: 'allow-for-run' });
    await expect(verdict?.answer).resolves.toEqual(allow);
    expect(request()).toEqual({ answer: allow });
    const other = request({ tool_input: { command: 'npm test; rm -rf /' } });
    expect(other?.answer).toBeInstanceOf(Promise);
    const session = { session_id: 'another', ...BASH };
    expect(hand.hook('PermissionRequest', session)?.answer).toBeInstanceOf(Promise);
  });

  it('is forgotten with the session', async () => {
    request();
    hand.asks.answer(open().id, { decision: 'allow-for-run' });
    await Promise.resolve();
    const ended = { sessionId: SESSION, timestamp: 1, recordId: 'r', clientCostMicrodollars: null };
    hand.history.commit({ type: 'session:complete', ...ended, reason: 'exited' });
    expect(request()?.answer).toBeInstanceOf(Promise);
  });

  it("goes on with the client's own prompt when its time is over", async () => {
    hand.set({ answerTimeoutMs: 1_000 });
    const verdict = request();
    hand.asks.withdraw(open().id);
    await expect(verdict?.answer).resolves.toEqual({});
  });

  it.each([
    ['the call has ended', () => hand.hook('PostToolUse', { ...BASH, tool_use_id: 'toolu_1' })],
    ['it has failed', () => hand.hook('PostToolUseFailure', { ...BASH, tool_use_id: 'toolu_1' })],
    ['the turn is over', () => hand.hook('Stop')],
    ['the person types', () => hand.hook('UserPromptSubmit', { prompt: 'no' })],
    [
      'the transcript has its result',
      () =>
        hand.history.commit({
          ...{ type: 'session:tool', sessionId: SESSION, timestamp: 1, toolUseId: 'toolu_1' },
          ...{ name: 'Bash', agentId: null, phase: 'end', label: '', outcome: 'denied' },
        }),
    ],
    [
      'the turn was interrupted',
      () =>
        hand.history.commit({
          ...{ type: 'session:turn', sessionId: SESSION, timestamp: 1 },
          ...{ phase: 'interrupted', recordId: 'r' },
        }),
    ],
  ])('is withdrawn when %s', async (_why, happen) => {
    hand.hook('PreToolUse', { ...BASH, tool_use_id: 'toolu_1' });
    const verdict = request();
    happen();
    expect(hand.asks.list()).toEqual([]);
    await expect(verdict?.answer).resolves.toEqual({});
  });

  it("stays when another call or another session's turn ends", () => {
    hand.hook('PreToolUse', { ...BASH, tool_use_id: 'toolu_1' });
    request();
    hand.hook('PostToolUse', { ...BASH, tool_use_id: 'toolu_2' });
    hand.hook('Stop', { session_id: 'another' });
    hand.hook('Stop', { agent_id: 'a1' });
    expect(hand.asks.list()).toHaveLength(1);
  });

  it('is withdrawn when the client has gone', async () => {
    const verdict = request();
    verdict?.gone?.();
    expect(hand.asks.list()).toEqual([]);
    await expect(verdict?.answer).resolves.toEqual({});
  });

  it('is left to the client when the person wants that, or it is a run of ours', () => {
    hand.set({ answerHere: false });
    expect(request()).toBeNull();
    hand.set({ answerHere: true });
    hand.launched.add(SESSION);
    expect(request()).toBeNull();
    expect(hand.asks.list()).toEqual([]);
  });

  it.each([
    [0, 'cli', '2.1.330', true],
    [0, 'cli', '3.0.0', true],
    [0, 'cli', '2.1.329', false],
    [0, 'sdk-cli', '2.1.330', false],
    [1, 'sdk-cli', '2.1.329', true],
  ])('with %i pages open and %s %s: held %s', (pages, entrypoint, version, held) => {
    hand.guard.pages = () => pages;
    hand.info({ entrypoint, version });
    expect(request() !== null).toBe(held);
  });

  it.each([
    ['cli', 1],
    ['sdk-cli', 0],
    [null, 0],
  ])('waits a moment to know which client it is: %s', (entrypoint, left) => {
    vi.useFakeTimers();
    hand.guard.pages = () => 0;
    request();
    expect(hand.asks.list()).toHaveLength(1);
    vi.advanceTimersByTime(300);
    if (entrypoint !== null) hand.info({ entrypoint, version: '2.1.330' });
    vi.advanceTimersByTime(10_000);
    expect(hand.asks.list()).toHaveLength(left);
    vi.useRealTimers();
  });

  it('asks at most 50 at once', () => {
    for (let count = 0; count < 60; count += 1) {
      request({ tool_input: { command: `echo ${String(count)}` } });
    }
    expect(hand.asks.list()).toHaveLength(50);
  });
});

describe("the client's own question", () => {
  const questions = [
    {
      question: 'Which colour?',
      header: 'Colour',
      multiSelect: false,
      options: [
        { label: 'Red', description: 'r' },
        { label: 'Blue', description: 'b' },
      ],
    },
  ];

  it('is answered by its words, the rest of the input as it was', async () => {
    const hand = new GuardedHand();
    hand.guard.pages = () => 1;
    const input = { questions, metadata: { source: 'x' } };
    const asked = { tool_name: 'AskUserQuestion', tool_input: input };
    const verdict = hand.hook('PermissionRequest', asked);
    const [ask] = hand.asks.list();
    expect(ask).toMatchObject({ kind: 'question', label: 'Which colour?', questions });
    const answers = { 'Which colour?': 'Blue' };
    hand.asks.answer(ask?.id ?? '', { decision: 'answers', answers });
    const updatedInput = { ...input, answers };
    await expect(verdict?.answer).resolves.toEqual(decision({ behavior: 'allow', updatedInput }));
  });

  it('is left to the client when it cannot be read', () => {
    const hand = new GuardedHand();
    hand.guard.pages = () => 1;
    const asked = { tool_name: 'AskUserQuestion', tool_input: { questions: 'none' } };
    expect(hand.hook('PermissionRequest', asked)).toBeNull();
  });
});
