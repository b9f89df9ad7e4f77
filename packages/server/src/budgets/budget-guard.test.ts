import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { GuardedHand, SESSION } from './hand-guard.fixture.js';

const PRE = { tool_name: 'Bash', tool_use_id: 'toolu_1', tool_input: { command: 'ls' } };

describe('the budget of a session started by hand', () => {
  let hand: GuardedHand;
  beforeEach(() => {
    hand = new GuardedHand();
  });

  it('lets everything go on that has no budget', async () => {
    await hand.meet();
    hand.spend(99_000_000);
    for (const name of ['PreToolUse', 'PostToolUse', 'Stop', 'UserPromptSubmit', 'Nonsense']) {
      expect(hand.hook(name, PRE)).toBeNull();
    }
    expect(hand.told).toEqual([]);
  });

  it('stops at the next tool call with what a person must know', async () => {
    hand.set({ sessionMicrodollars: 200_000 });
    await hand.meet();
    hand.spend(199_999);
    expect(hand.hook('PreToolUse', PRE)).toBeNull();
    hand.spend(210_000);
    const answer = hand.hook('PreToolUse', PRE)?.answer as Record<string, unknown>;
    const reason = String(answer['stopReason']);
    expect(reason).toContain('has cost $0.21 of the $0.20 that you set for every session');
    expect(reason).toContain(`claude-optimizer budget set 0.4 --session ${SESSION}`);
    expect(answer).toEqual({
      continue: false,
      stopReason: reason,
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        permissionDecision: 'deny',
        permissionDecisionReason: reason,
      },
    });
    const stop = { answer: { continue: false, stopReason: reason } };
    expect(hand.hook('PostToolUse', PRE)).toEqual(stop);
    expect(hand.hook('PostToolUseFailure', PRE)).toEqual(stop);
    const block = { answer: { decision: 'block', reason } };
    expect(hand.hook('UserPromptSubmit', { prompt: 'go on' })).toEqual(block);
    expect(hand.hook('UserPromptSubmit', { prompt: '/compact' })).toBeNull();
    expect(hand.hook('Stop')).toBeNull();
  });

  it('goes on when the budget is raised, and holds the new one', async () => {
    hand.set({ sessionMicrodollars: 200_000 });
    await hand.meet();
    hand.spend(200_000);
    expect(hand.hook('PreToolUse', PRE)).not.toBeNull();
    const raised = { sessionId: SESSION, timestamp: hand.now, budgetMicrodollars: 400_000 };
    hand.history.commit({ type: 'session:budget', ...raised });
    expect(hand.hook('PreToolUse', PRE)).toBeNull();
    hand.spend(400_000);
    expect(hand.hook('PreToolUse', PRE)).not.toBeNull();
  });

  it('tells of 50, 80, 95 and 100 %, once each', async () => {
    hand.set({ sessionMicrodollars: 1_000_000 });
    await hand.meet();
    const amounts = [400_000, 500_000, 510_000, 800_000, 940_000, 950_000, 990_000, 1_000_000];
    for (const amount of [...amounts, 1_200_000]) hand.spend(amount);
    hand.hook('PreToolUse', PRE);
    hand.hook('PreToolUse', PRE);
    expect(hand.titles()).toEqual([
      "50 % of a session's budget is spent",
      "80 % of a session's budget is spent",
      "95 % of a session's budget is spent",
      "A session's budget is reached",
    ]);
    expect(hand.told.map(({ level }) => level)).toEqual(['warning', 'warning', 'warning', 'error']);
    expect(hand.told.every(({ sessionId }) => sessionId === SESSION)).toBe(true);
  });

  it('tells only the highest of what is passed at once', async () => {
    hand.set({ sessionMicrodollars: 1_000_000 });
    await hand.meet();
    hand.spend(970_000);
    expect(hand.titles()).toEqual(["95 % of a session's budget is spent"]);
  });

  it('knows what a session had cost before we began, without telling of the past', async () => {
    hand.set({ sessionMicrodollars: 1_000_000 });
    hand.spend(850_000);
    await hand.meet();
    expect(hand.titles()).toEqual([]);
    hand.spend(1_000_000);
    expect(hand.titles()).toEqual(["A session's budget is reached"]);
    expect(hand.hook('PreToolUse', PRE)).not.toBeNull();
  });

  it('says that a budget cannot be held where prices are unknown', async () => {
    hand.set({ sessionMicrodollars: 1_000_000 });
    await hand.meet();
    hand.spend(null, { messages: 1, tokens: 5_000 });
    hand.spend(null, { messages: 2, tokens: 9_000 });
    expect(hand.titles()).toEqual(["A session's cost isn't fully known"]);
    expect(hand.hook('PreToolUse', PRE)).toBeNull();
  });

  it('leaves a run of ours to its own limits', async () => {
    hand.set({ sessionMicrodollars: 1 });
    hand.launched.add(SESSION);
    await hand.meet();
    hand.spend(5_000_000);
    expect(hand.hook('PreToolUse', PRE)).toBeNull();
    expect(hand.told).toEqual([]);
    hand.launched.delete(SESSION);
    await hand.meet();
    expect(hand.hook('PreToolUse', PRE)).not.toBeNull();
  });

  it("takes the session's own before the project's, and that before the default", async () => {
    const projects = [
      { name: 'work', path: '/work' },
      { name: 'shop', path: '/work/shop' },
      { name: 'shopping', path: '/work/sho' },
    ];
    const budgets = { work: 5_000_000, shop: 3_000_000, shopping: 1_000_000 };
    hand.set({ sessionMicrodollars: 9_000_000, projects: budgets }, { projects });
    await hand.meet();
    hand.spend(2_999_999);
    expect(hand.hook('PreToolUse', PRE)).toBeNull();
    hand.spend(3_000_000);
    const answer = hand.hook('PostToolUse', PRE)?.answer as Record<string, unknown>;
    expect(answer['stopReason']).toContain('the $3.00 that you set for sessions in shop.');
    const own = { sessionId: SESSION, timestamp: hand.now, budgetMicrodollars: 20_000_000 };
    hand.history.commit({ type: 'session:budget', ...own });
    expect(hand.hook('PostToolUse', PRE)).toBeNull();
    hand.history.commit({ type: 'session:budget', ...own, budgetMicrodollars: null });
    expect(hand.hook('PostToolUse', PRE)).not.toBeNull();
  });

  it('knows a project by the folder that its path leads to', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'budget-'));
    try {
      const real = path.join(folder, 'real');
      mkdirSync(real);
      symlinkSync(real, path.join(folder, 'link'));
      const projects = [{ name: 'shop', path: path.join(folder, 'link') }];
      hand.set({ projects: { shop: 1_000 } }, { projects });
      hand.info({ project: real });
      await hand.meet();
      hand.spend(1_000);
      expect(hand.hook('PostToolUse', PRE)).not.toBeNull();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('takes what happened while the session was read neither twice nor not at all', async () => {
    hand.set({ sessionMicrodollars: 1_000_000 });
    hand.spend(100_000);
    const met = hand.meet();
    hand.spend(1_000_000);
    await met;
    expect(hand.hook('PreToolUse', PRE)).not.toBeNull();
  });

  it('keeps the last good settings when the file is broken', async () => {
    hand.set({ sessionMicrodollars: 1_000 });
    await hand.meet();
    hand.spend(1_000);
    Object.defineProperty(hand, 'settings', {
      get: () => {
        throw new Error('config_invalid');
      },
    });
    hand.now += 1_000;
    expect(hand.hook('PostToolUse', PRE)).not.toBeNull();
  });
});
