import fc from 'fast-check';
import type { SessionState } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { Lines, OTHER, SESSION, tokens } from './lines.fixture.js';
import { Reading } from './reading.fixture.js';

const FOLDER = '-home-dev-shop';
const MAIN = `${FOLDER}/${SESSION}.jsonl`;
const FORK = `${FOLDER}/${OTHER}.jsonl`;
const AGENT_1 = `${FOLDER}/${SESSION}/subagents/agent-a1.jsonl`;
const AGENT_2 = `${FOLDER}/${SESSION}/subagents/agent-a2.jsonl`;

/** The lines of a session, of its two subagents, and of another session that begins as a copy. */
function files(): Map<string, { lines: string[]; age: number }> {
  const main = new Lines(SESSION);
  const opening = [
    main.prompt('build it'),
    main.says('m1', 'I will', tokens(1)),
    main.says('m1', 'I will', tokens(33)),
    main.calls('m2', 't1', 'TaskCreate', { subject: 'Build' }),
    main.result('t1', 'Task #1 created successfully: Build'),
  ];
  const progress = (id: string, usage: object) => ({
    data: {
      ...{ type: 'agent_progress', agentId: 'a1' },
      message: {
        requestId: `req-${id}`,
        message: { id, model: 'claude-haiku-4-5', usage },
      },
    },
    parentToolUseID: 't2',
  });
  const rest = [
    main.calls('m3', 't2', 'Task', { description: 'One', prompt: 'Do one' }),
    main.calls('m3', 't3', 'Task', { description: 'Two', prompt: 'Do two' }),
    main.record('progress', progress('s1', tokens(2))),
    // As much output as the subagent's own line, but less else: the fuller count is meant.
    main.record('progress', progress('s2', tokens(20, 1))),
    main.result('t2', 'done', { toolUseResult: { status: 'completed', agentId: 'a1' } }),
    main.result('t3', 'failed', { toolUseResult: { status: 'completed', agentId: 'a2' } }),
    main.calls('m4', 't4', 'TaskUpdate', { taskId: '1', status: 'completed' }),
    main.result('t4', 'Updated task #1 status', {
      toolUseResult: { success: true, taskId: '1', updatedFields: ['status'] },
    }),
    main.says('m5', 'foreign', tokens(7), 'glm-5'),
    main.says('m6', 'odd', tokens(4, 3, 33, 333), 'claude-haiku-4-5'),
  ];
  const one = new Lines(SESSION, { agentId: 'a1', from: 6 });
  const two = new Lines(SESSION, { agentId: 'a2', from: 6 });
  const fork = new Lines(OTHER, { from: 30 });
  return new Map([
    [MAIN, { lines: [...opening, ...rest], age: 9_000 }],
    [FORK, { lines: [...opening, fork.prompt('otherwise'), fork.says('f1', 'ok')], age: 2_000 }],
    [
      AGENT_1,
      {
        lines: [
          one.prompt('Do one'),
          one.says('s1', 'a', tokens(44), 'claude-haiku-4-5'),
          one.says('s2', 'b', tokens(20), 'claude-haiku-4-5'),
          one.calls('s3', 'st1', 'Edit', { file_path: '/a', old_string: 'x', new_string: 'y\nz' }),
          one.result('st1', 'ok'),
        ],
        age: 5_000,
      },
    ],
    [
      AGENT_2,
      { lines: [two.prompt('Do two'), two.says('s4', 'c', tokens(8), 'nobody-knows')], age: 5_000 },
    ],
  ]);
}

/**
 * What must not depend on the order in which a session's files are read. What does, and why:
 * `seq`; models, objectives' order and tools' order (first seen first); `rate` (only the minutes
 * near the newest are kept); `activeMs`, `mainAt` and `phaseAt` (asides and objectives count as
 * signs of the main thread); `basis` and `models` of a session that later turned out to be a copy.
 */
function lasting({ summary, objectives, tools, agents, files: touched }: SessionState) {
  const { usage, unpriced, costFraction, counts, title, firstPrompt, project, visible } = summary;
  const { startedAt, lastAt, phase, context, openTools } = summary;
  return {
    ...{ usage, unpriced, costFraction, counts, title, firstPrompt, project, visible },
    ...{ startedAt, lastAt, phase, context, openTools },
    objectives: objectives.map(({ id, status, taskId }) => [id, status, taskId]).sort(),
    progress: summary.objectives,
    tools: [...tools].sort((a, b) => a.name.localeCompare(b.name)),
    agents: [...agents]
      .sort((a, b) => a.id.localeCompare(b.id))
      .map(({ usage: { costMicrodollars: _cost, ...counted }, ...agent }) => ({
        ...agent,
        counted,
      })),
    touched,
  };
}

async function readIn(order: readonly string[], restart = false) {
  const reading = await Reading.open();
  const left = files();
  for (const [file, { age }] of left) reading.write(file, '', age);
  for (const file of order) {
    const next = left.get(file)?.lines.shift();
    if (next === undefined) continue;
    reading.append(file, next);
    await reading.read(file);
    if (restart) await reading.restart();
  }
  const sessions = [await reading.session(SESSION), await reading.session(OTHER)];
  return { reading, states: sessions.map((state) => (state ? lasting(state) : null)) };
}

const TURNS = [...files()].flatMap(([file, { lines }]) => lines.map(() => file));

describe("order of a session's files", () => {
  it('does not matter for what is counted', async () => {
    const { reading, states } = await readIn(TURNS);
    expect(states[0]?.usage.messages).toBe(10);
    expect(states[0]?.unpriced).toEqual({ messages: 2, tokens: 2 * 1_105 + 7 + 8 });
    expect(
      states[0]?.agents.map(({ id, status, counted }) => [id, status, counted.outputTokens]),
    ).toEqual([
      ['a1', 'completed', 74],
      ['a2', 'completed', 8],
    ]);
    expect(states[0]?.counts).toMatchObject({ agents: 2, tools: 5, linesAdded: 2 });
    // The copy counts only what is its own.
    expect(states[1]?.usage).toMatchObject({ messages: 1, outputTokens: 10 });
    await reading.close();
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(TURNS, { minLength: TURNS.length }),
        fc.boolean(),
        async (order, restart) => {
          const other = await readIn(order, restart);
          try {
            expect(other.states).toEqual(states);
            for (const [id, state] of other.reading.folded()) {
              expect(await other.reading.session(id)).toEqual(state);
            }
          } finally {
            await other.reading.close();
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it('gives a shared response to the earliest file, and takes it from the one that had it', async () => {
    const reading = await Reading.open();
    for (const [file, { lines, age }] of files()) reading.write(file, lines.join(''), age);
    await reading.read(FORK);
    expect((await reading.session(OTHER))?.summary.usage.messages).toBe(3);
    await reading.read(MAIN);
    expect((await reading.session(OTHER))?.summary.usage).toMatchObject({ messages: 1 });
    expect((await reading.session(SESSION))?.summary.usage.messages).toBe(8);
    const all = await reading.store.usageSince(0);
    expect(all.usage.messages).toBe(9);
    await reading.close();
  });

  it('adds changes up to the totals, and these to the exact cost of each response, rounded once', async () => {
    const { reading, states } = await readIn(TURNS);
    const changes = reading.events
      .filter((event) => event.type === 'session:tokens')
      .filter((event) => event.sessionId === SESSION);
    const sum = changes.reduce((cost, { change }) => cost + (change.costMicrodollars ?? 0), 0);
    expect(sum).toBe(states[0]?.usage.costMicrodollars);
    // By hand, in tenths of a micro-dollar. Opus 4.5: 5, 25, 6.25, 0.5; haiku 4.5: 1, 5, 1.25, 0.1.
    const opus = (output: number) => 5 * 500 + output * 2_500 + 100 * 625 + 1_000 * 50;
    const haiku = (output: number, input = 5, written = 100, read = 1_000) =>
      input * 100 + output * 500 + written * 125 + read * 10;
    const exact = opus(33) + 3 * opus(10) + haiku(44) + haiku(20) + opus(10) + haiku(4, 3, 33, 333);
    expect(states[0]?.usage.costMicrodollars).toBe(Math.floor(exact / 100 + 0.5));
    await reading.close();
  });
});

describe('reading again', () => {
  it('tells nothing anew when a file is replaced by the same lines elsewhere in it', async () => {
    const { reading, states } = await readIn(TURNS);
    const told = reading.events.length;
    for (const [file, { lines, age }] of files()) {
      reading.write(file, `{"type":"mode","mode":"normal"}\n${lines.join('')}`, age);
      await reading.read(file);
    }
    expect(reading.events.slice(told)).toEqual([]);
    expect(lasting((await reading.session(SESSION)) as SessionState)).toEqual(states[0]);
    await reading.close();
  });

  it('does not end the turn that is open when an earlier end is read again', async () => {
    const reading = await Reading.open();
    const lines = new Lines(SESSION);
    const text = [
      lines.prompt('one'),
      lines.says('m1', 'done'),
      lines.record('system', { subtype: 'stop_hook_summary' }),
      lines.prompt('two'),
      lines.calls('m2', 't1', 'Bash', { command: 'sleep' }),
    ].join('');
    reading.write(MAIN, text);
    await reading.read(MAIN);
    const told = reading.events.length;
    reading.write(MAIN, `\n${text}`);
    await reading.read(MAIN);
    expect(reading.events.slice(told)).toEqual([]);
    expect((await reading.session(SESSION))?.summary.phase).toBe('working');
    await reading.close();
  });

  it.each([['first'], ['second']])(
    'tells lines once that come to both copies, to the %s first',
    async (ahead) => {
      const reading = await Reading.open();
      const lines = new Lines(SESSION);
      const copies = [MAIN, `copy/${MAIN}`];
      if (ahead === 'second') copies.reverse();
      const write = async (line: string) => {
        for (const file of copies) {
          reading.append(file, line);
          await reading.read(file);
        }
      };
      for (const file of [MAIN, `copy/${MAIN}`]) reading.write(file, lines.prompt('go'));
      for (const file of [MAIN, `copy/${MAIN}`]) await reading.read(file);
      await write(
        lines.calls('m1', 't1', 'TodoWrite', { todos: [{ content: 'A', status: 'in_progress' }] }),
      );
      await write(lines.result('t1', 'ok'));
      await reading.restart();
      await write(lines.says('m2', 'well'));
      await write(lines.prompt('more'));
      await write(lines.record('system', { subtype: 'turn_duration', durationMs: 5 }));
      const { summary } = (await reading.session(SESSION)) as SessionState;
      expect(summary.counts).toMatchObject({ tools: 1 });
      expect(summary.usage.messages).toBe(2);
      expect(reading.events.filter(({ type }) => type === 'session:message')).toHaveLength(1);
      expect(reading.events.filter(({ type }) => type === 'session:objective')).toHaveLength(1);
      await reading.close();
    },
  );
});
