import { describe, expect, it } from 'vitest';
import { timeAxis } from './axis.js';
import { costByTool, costByTurn } from './cost-rows.js';
import { fileStories } from './file-story.js';
import { readMarks } from './marks.js';
import { readStory } from './story.js';
import { layOut } from './timeline.js';
import { AT, Telling } from './told.fixture.js';
import { readWaits, standstills } from './waits.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const started = () =>
  new Telling().tell(0, { type: 'session:start', project: '/home/dev/shop', visible: true });
const storyOf = (told: Telling) => readStory(told.events);

describe('turns', () => {
  it('end by their record, by what interrupts them, or with the last sign before the next', () => {
    const told = started()
      .prompt(1_000)
      .use(2_000, 't1')
      .end(9_000)
      .prompt(20_000)
      .use(21_000, 't2')
      .end(25_000, 'interrupted')
      .prompt(30_000)
      .use(31_000, 't3')
      .done(35_000, 't3')
      .prompt(50_000);
    const turns = storyOf(told).turns.map(({ number, startAt, endAt, ending }) => [
      ...[number, startAt - AT, endAt === null ? null : endAt - AT, ending],
    ]);
    expect(turns).toEqual([
      [1, 1_000, 9_000, 'ended'],
      [2, 20_000, 25_000, 'interrupted'],
      [3, 30_000, 35_000, 'ended'],
      [4, 50_000, null, null],
    ]);
  });

  it('go on when a hook sends the model on, and fail with the client', () => {
    const told = started().prompt(0).end(5_000).use(6_000, 't').done(7_000, 't').end(8_000);
    const error = { message: 'Overloaded', status: 529, fatal: true, agentId: null };
    told.prompt(9_000).tell(10_000, { type: 'session:error', recordId: 'e', ...error });
    expect(storyOf(told).turns.map(({ endAt, ending }) => [(endAt ?? 0) - AT, ending])).toEqual([
      [8_000, 'ended'],
      [10_000, 'failed'],
    ]);
  });
});

describe('waiting', () => {
  const kinds = (told: Telling, until: number) =>
    readWaits(storyOf(told), AT + until).map(({ kind, likely, from, to }) => [
      ...[likely ? `${kind}?` : kind, from - AT, to - AT],
    ]);

  it('is seen between turns, in questions and in permissions', () => {
    const told = started()
      .prompt(0)
      .use(1_000, 'q', 'AskUserQuestion')
      .done(61_000, 'q')
      .use(62_000, 'w', 'Bash')
      .tell(63_000, { type: 'session:info', askedFor: 'w' })
      .tell(70_000, { type: 'session:info', askedFor: null })
      .done(80_000, 'w')
      .use(81_000, 'e', 'Edit')
      .done(99_000, 'e')
      .use(99_100, 'quick', 'Edit')
      .done(99_200, 'quick')
      .end(100_000)
      .prompt(400_000)
      .end(401_000);
    expect(kinds(told, 500_000)).toEqual([
      ['question', 1_000, 61_000],
      ['permission', 63_000, 70_000],
      ['permission?', 81_000, 99_000],
      ['prompt', 100_000, 400_000],
      ['prompt', 401_000, 500_000],
    ]);
  });

  it('stands still in the main thread alone, once where waits overlap', () => {
    const told = started()
      .prompt(0)
      .use(1_000, 'q', 'AskUserQuestion')
      .use(2_000, 'e', 'Edit')
      .use(3_000, 'a', 'Edit', 'a1')
      .done(40_000, 'q')
      .done(50_000, 'e')
      .done(90_000, 'a')
      .end(95_000)
      .prompt(99_000);
    const story = storyOf(told);
    const still = standstills(story, readWaits(story, AT + 99_000));
    expect(still.map(({ from, to }) => [from - AT, to - AT])).toEqual([
      [1_000, 50_000],
      [95_000, 99_000],
    ]);
  });

  it('is over when the session is closed, and no edit waits where nobody is asked', () => {
    const told = started()
      .tell(0, { type: 'session:info', permissionMode: 'bypassPermissions' })
      .prompt(0)
      .use(1_000, 'e', 'Edit')
      .done(60_000, 'e')
      .end(61_000);
    const closed = { reason: 'exited', recordId: 'x', clientCostMicrodollars: null };
    told.tell(70_000, { type: 'session:complete', ...closed });
    expect(kinds(told, 500_000)).toEqual([['prompt', 61_000, 70_000]]);
  });
});

describe('the waterfall', () => {
  it('nests subagents with their tools, and gives nothing the place of another', () => {
    const told = started()
      .prompt(0)
      .use(1_000, 'task', 'Task')
      .agent(1_000, 'use:task', 'task')
      .use(1_000, 'bash', 'Bash')
      .use(2_000, 'a-read', 'Read', 'use:task')
      .agent(3_000, 'a1', 'task')
      .use(3_000, 'a-grep', 'Grep', 'a1')
      .use(3_500, 'b-task', 'Task', 'a1')
      .agent(3_500, 'b1', 'b-task', { parentAgentId: 'a1' })
      .use(3_600, 'b-read', 'Read', 'b1')
      .done(3_800, 'b-read')
      .agent(3_900, 'b1', 'b-task', { status: 'completed', parentAgentId: 'a1' })
      .done(4_000, 'a-read')
      .done(5_000, 'a-grep')
      .done(6_000, 'b-task')
      .done(6_500, 'bash')
      .agent(7_000, 'a1', 'task', { status: 'completed' })
      .done(7_000, 'task')
      .end(9_000);
    const { bars, rows, agentsFrom } = layOut(storyOf(told), AT + 9_000);
    const places = Object.fromEntries(
      bars.map(({ id, row, from, to }) => [id, [row, from - AT, to - AT]]),
    );
    expect(places).toMatchObject({
      'prompt-0': [0, 0, 9_000],
      task: [2, 1_000, 7_000],
      bash: [3, 1_000, 6_500],
      'agent a1': [4, 1_000, 7_000],
      'a-read': [5, 2_000, 4_000],
      'a-grep': [6, 3_000, 5_000],
      'b-task': [7, 3_500, 6_000],
      'agent b1': [8, 3_500, 3_900],
      'b-read': [9, 3_600, 3_800],
    });
    expect([rows, agentsFrom]).toEqual([10, 4]);
    expect(
      bars.filter(({ kind }) => kind === 'model').map(({ from, to }) => [from - AT, to - AT]),
    ).toEqual([
      [0, 1_000],
      [7_000, 9_000],
    ]);
    for (const [index, bar] of bars.entries()) {
      const next = bars[index + 1];
      if (next?.row === bar.row) expect(next.from).toBeGreaterThanOrEqual(bar.to);
    }
  });

  it('lets what is open last until now, and ends what got no result with its turn', () => {
    const told = started().prompt(0).use(1_000, 'lost').end(5_000, 'interrupted');
    told.prompt(10_000).use(11_000, 'open');
    const ends = layOut(storyOf(told), AT + 30_000).bars.map(({ id, to }) => [id, to - AT]);
    expect(Object.fromEntries(ends)).toMatchObject({ lost: 5_000, open: 30_000 });
  });

  it('has no rows of a session in which nothing happened', () => {
    expect(layOut(readStory([]), 0)).toMatchObject({ bars: [], waits: [], from: 0, to: 0 });
  });

  it('marks what must be found again', () => {
    const told = started().prompt(0).use(1_000, 'rm').done(2_000, 'rm', { outcome: 'denied' });
    const sizes = { trigger: 'auto', preTokens: 150_000, postTokens: 20_000 };
    told
      .tell(3_000, { type: 'session:compact', recordId: 'c', ...sizes })
      .end(4_000, 'interrupted');
    expect(readMarks(told.events).map(({ kind, place }) => [kind, place])).toEqual([
      ['denied', 'rm'],
      ['compaction', 'c'],
      ['interruption', 'end-4000'],
    ]);
  });
});

describe('the axis', () => {
  it('shortens waits and leads back to the same time', () => {
    const axis = timeAxis(0, 100 * MINUTE, [
      { from: 10 * MINUTE, to: 80 * MINUTE },
      { from: 80 * MINUTE, to: 80 * MINUTE + SECOND },
    ]);
    expect(axis.length).toBe(30 * MINUTE - SECOND + 0.03 * (30 * MINUTE - SECOND) + SECOND);
    for (const at of [0, 5, 10, 11, 45, 80, 81, 100].map((minutes) => minutes * MINUTE)) {
      expect(axis.toTime(axis.toShown(at))).toBeCloseTo(at, 3);
    }
    expect(axis.toShown(80 * MINUTE) - axis.toShown(10 * MINUTE)).toBeLessThan(MINUTE);
    const plain = timeAxis(500, 1_500, []);
    expect([plain.length, plain.toShown(700), plain.toTime(200)]).toEqual([1_000, 200, 700]);
  });
});

describe('files', () => {
  it('have their edits in order, also those that came to nothing, and their reads', () => {
    const file = '/home/dev/shop/src/pantry.ts';
    const told = started()
      .use(1_000, 'r', 'Read')
      .done(1_100, 'r', { file })
      .use(2_000, 'e1', 'Edit')
      .done(2_100, 'e1', { file, linesAdded: 3, linesRemoved: 1 })
      .use(3_000, 'e2', 'Edit', 'a1')
      .done(3_100, 'e2', { file, outcome: 'error', error: 'not found' })
      .use(4_000, 'w', 'Write')
      .done(4_100, 'w', { file: '/etc/hosts', linesAdded: 9, linesRemoved: 0 });
    const files = fileStories(storyOf(told), '/home/dev/shop/');
    expect(files.map(({ path, inProject, done }) => [path, inProject, done])).toEqual([
      ['/etc/hosts', null, 1],
      [file, 'src/pantry.ts', 1],
    ]);
    expect(files[1]).toMatchObject({ linesAdded: 3, linesRemoved: 1, lastAt: AT + 3_100 });
    expect(files[1]?.edits.map(({ toolUseId, agentId }) => [toolUseId, agentId])).toEqual([
      ['e1', null],
      ['e2', 'a1'],
    ]);
    expect(files[1]?.reads.map(({ toolUseId }) => toolUseId)).toEqual(['r']);
  });
});

describe('costs', () => {
  it('of a subagent belong to the turn that called it, whenever it works', () => {
    const told = started()
      .prompt(0)
      .response(1_000, 'm1', { inputTokens: 10 }, 100e6)
      .use(1_500, 'task', 'Task')
      .agent(1_500, 'a1', 'task', { status: 'background' })
      .end(2_000)
      .prompt(10_000)
      .response(11_000, 'm2', { inputTokens: 10 }, 30e6)
      .response(12_000, 'm3', { inputTokens: 10 }, 7e6, { agentId: 'a1' })
      .response(13_000, 'm4', { inputTokens: 10 }, null, { aside: true });
    const { turns } = costByTurn(storyOf(told));
    expect(turns.map(({ cost, share, unpriced }) => [cost, share.agent, unpriced])).toEqual([
      [107, 7, 0],
      [30, 0, 1],
    ]);
  });

  it('of an unknown price are unknown, not nothing', () => {
    const told = started().prompt(0).response(1_000, 'm1', { inputTokens: 10 }, null);
    const story = storyOf(told);
    expect(story.cost).toBe(null);
    expect(costByTurn(story).turns[0]?.cost).toBe(null);
    expect(costByTool(story).purposes[0]?.cost).toBe(null);
  });

  it('go to the tool that a response called, to several, or to the answer', () => {
    const told = started()
      .prompt(0)
      .response(1_000, 'm1', {}, 1e6)
      .use(1_000, 't1', 'Read')
      .use(1_000, 't2', 'Read')
      .done(1_500, 't1')
      .done(1_500, 't2', { outcome: 'error' })
      .response(2_000, 'm2', {}, 2e6)
      .use(2_100, 't3', 'Read')
      .use(2_100, 't4', 'Bash')
      .response(3_000, 'm3', {}, 4e6)
      .response(3_000, 'm2#advisor0', {}, 8e6)
      .response(4_000, 'm4', {}, 16e6, { aside: true });
    const { purposes, rest } = costByTool(storyOf(told));
    expect(purposes.map(({ key, cost, calls, failed }) => [key, cost, calls, failed])).toEqual([
      ['client', 16, 0, 0],
      ['mixed', 10, 2, 0],
      ['answer', 4, 0, 0],
      ['tool Read', 1, 2, 1],
    ]);
    expect(rest).toBe(0);
  });
});
