import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Lines, OTHER, SESSION, tokens } from './lines.fixture.js';
import { Reading } from './reading.fixture.js';

const FOLDER = '-home-dev-shop';
const MAIN = `${FOLDER}/${SESSION}.jsonl`;
const AGENT = `${FOLDER}/${SESSION}/subagents/agent-a1.jsonl`;
const FORK = `${FOLDER}/${OTHER}.jsonl`;
const ALL = { from: 0, to: Number.MAX_SAFE_INTEGER, offsetMs: 0 };

/** The session's lines; the first few stand in its fork too. */
function opening(): string[] {
  const main = new Lines(SESSION);
  return [
    main.prompt('build it'),
    main.says('m1', 'I will', tokens(33)),
    main.calls('m2', 't1', 'TaskCreate', { subject: 'Build' }),
    main.result('t1', 'Task #1 created successfully: Build'),
  ];
}

function whole(): string[] {
  const rest = new Lines(SESSION, { from: 10 });
  return [
    ...opening(),
    rest.calls('m3', 't2', 'Edit', { file_path: '/a.ts', old_string: 'a', new_string: 'b\nc' }),
    'no JSON: {"\n',
    rest.result('t2', 'done'),
    rest.says('m4', '✅ Completed: Build', tokens(7), 'glm-5'),
  ];
}

const agent = () => {
  const lines = new Lines(SESSION, { agentId: 'a1', from: 6 });
  return [lines.prompt('Do one'), lines.says('s1', 'a', tokens(44), 'claude-haiku-4-5')];
};
const fork = () => {
  const lines = new Lines(OTHER, { from: 30 });
  return [...opening(), lines.prompt('otherwise'), lines.says('f1', 'ok')];
};

describe('a new session, made ready elsewhere', () => {
  let byLine: Reading;
  let loaded: Reading;
  beforeEach(async () => {
    [byLine, loaded] = [await Reading.open(), await Reading.open()];
    for (const reading of [byLine, loaded]) {
      reading.write(MAIN, whole().join(''), 9_000);
      reading.write(AGENT, agent().join(''), 8_000);
      reading.write(FORK, fork().join(''), 2_000);
    }
  });
  afterEach(async () => {
    await byLine.close();
    await loaded.close();
  });

  const facts = async (of: Reading, { store } = of) => ({
    events: await store.eventsAfter(0, 1_000),
    responses: (await store.usageAfter(0, 10_000)).rows
      // The files of both were not made at once.
      .map((row) => ({ ...row, bornAt: 0 }))
      .sort((a, b) => (a.messageId < b.messageId ? -1 : 1)),
    sessions: [await of.session(SESSION), await of.session(OTHER)],
    sums: await store.usageSums({ periods: [ALL], by: ['session', 'slot', 'model'] }),
    tools: await store.toolSums({ from: 0, to: ALL.to }),
    malformed: (await store.malformed(9)).lines.map(({ byteOffset, reason }) => [
      byteOffset,
      reason,
    ]),
    read: [...(await of.checkpoints())].map(([file, { offset, reader }]) => [file, offset, reader]),
  });

  it('is stored as if it had been read line by line', async () => {
    for (const file of [MAIN, AGENT]) await byLine.read(file);
    const { refused } = await loaded.load({ sessionId: SESSION, files: [MAIN, AGENT] });
    expect([...refused]).toEqual([]);
    expect(loaded.events).toEqual(byLine.events);
    expect(loaded.events.length).toBeGreaterThan(12);
    expect(await facts(loaded)).toEqual(await facts(byLine));
  });

  it('is gone on with line by line', async () => {
    for (const reading of [byLine, loaded]) {
      if (reading === loaded) await reading.load({ sessionId: SESSION, files: [MAIN, AGENT] });
      else for (const file of [MAIN, AGENT]) await reading.read(file);
      await reading.restart();
      const more = new Lines(SESSION, { from: 60 });
      // The response again, with a greater count, and a new one.
      reading.append(MAIN, more.says('m4', 'more', tokens(70), 'glm-5') + more.says('m9', 'end'));
      await reading.read(MAIN);
    }
    expect(await facts(loaded)).toEqual(await facts(byLine));
  });

  it('takes its responses from a copy that was read before', async () => {
    for (const file of [FORK, MAIN]) await byLine.read(file);
    const forked = { sessionId: OTHER, files: [FORK] };
    const own = { sessionId: SESSION, files: [MAIN] };
    const { refused } = await loaded.load(forked, own);
    expect([...refused]).toEqual([]);
    const [expected, stored] = [await facts(byLine), await facts(loaded)];
    expect(stored.sums).toEqual(expected.sums);
    expect(stored.events.map(({ seq }) => seq)).toEqual(stored.events.map((_, index) => index + 1));
    const costs = (sessions: typeof stored.sessions) =>
      sessions.map((session) => [session?.summary.usage, session?.summary.unpriced]);
    expect(costs(stored.sessions)).toEqual(costs(expected.sessions));
    expect(loaded.folded().get(OTHER)).toEqual(await loaded.session(OTHER));
  });

  it('is left to be read line by line when its responses are an older session’s', async () => {
    await loaded.load({ sessionId: SESSION, files: [MAIN] });
    const { refused, written } = await loaded.load({ sessionId: OTHER, files: [FORK] });
    expect([...refused]).toEqual([OTHER]);
    expect(written).toEqual([]);
    expect(await loaded.session(OTHER)).toBeNull();
    await loaded.read(FORK);
    for (const file of [MAIN, FORK]) await byLine.read(file);
    expect(await facts(loaded)).toEqual(await facts(byLine));
  });

  it('is left to be read line by line when something of it was read meanwhile, or it is a copy', async () => {
    await loaded.read(AGENT);
    expect([...(await loaded.load({ sessionId: SESSION, files: [MAIN] })).refused]).toEqual([
      SESSION,
    ]);
    loaded.write(`copy/${OTHER}.jsonl`, fork().join(''), 1_000);
    const twice = { sessionId: OTHER, files: [FORK, `copy/${OTHER}.jsonl`] };
    expect([...(await loaded.load(twice)).refused]).toEqual([OTHER]);
  });

  it('comes in several loads when it is long', async () => {
    const long = new Lines(SESSION);
    const lines = Array.from({ length: 900 }, (_, index) =>
      long.says(`m${String(index % 450)}`, 'x'.repeat(10_000), tokens(index)),
    );
    for (const reading of [byLine, loaded]) reading.write(MAIN, lines.join(''));
    await byLine.read(MAIN);
    const { written } = await loaded.load({ sessionId: SESSION, files: [MAIN] });
    expect(written.length).toBeGreaterThan(1);
    expect(loaded.events).toEqual(byLine.events);
    expect(await facts(loaded)).toEqual(await facts(byLine));
  });
});
