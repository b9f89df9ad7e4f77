import { afterEach, beforeEach, expect, it } from 'vitest';
import type { UsageQuery, UsageSum } from '@claude-optimizer/store';
import { Lines, OTHER, SESSION, tokens } from '../transcripts/lines.fixture.js';
import { Reading } from '../transcripts/reading.fixture.js';
import { scanUsage } from './scan-usage.js';

let reading: Reading;
beforeEach(async () => {
  reading = await Reading.open();
});
afterEach(() => reading.close());

const PERIODS = [{ from: 0, to: Date.UTC(2027, 0, 1), offsetMs: 0 }];
const MAIN = `projects/-home-dev-shop/${SESSION}.jsonl`;
const COPY = `projects/-home-dev-shop/${OTHER}.jsonl`;

/** What the scan sums up must be what the store sums up, whatever is asked; says how many rows. */
async function expectSame(...files: string[]): Promise<number> {
  for (const file of files) await reading.read(file);
  const scan = await scanUsage({ claudeDirs: [reading.folder] });
  const queries: UsageQuery[] = [
    { periods: PERIODS, by: ['day', 'model'] },
    { periods: PERIODS, by: ['session', 'slot'] },
    { periods: PERIODS, by: ['project'] },
    { periods: PERIODS, by: [], project: 'shop' },
  ];
  let rows = 0;
  for (const query of queries) {
    const ours = await scan.usageSums(query);
    const stored = await reading.store.usageSums(query);
    expect(sorted(ours)).toEqual(sorted(stored));
    rows += stored.length;
  }
  return rows;
}

const sorted = (sums: UsageSum[]) => sums.map((sum) => JSON.stringify(sum)).sort();
const usage = (more: object) => ({ ...tokens(), ...more });

it('counts each response once, with its last output, whatever stands around it', async () => {
  const lines = new Lines(SESSION);
  reading.write(
    MAIN,
    [
      lines.prompt('How is "usage" told? {"usage":{"input_tokens":9}}'),
      lines.says('m1', 'first', tokens(1)),
      lines.calls('m1', 't1', 'Write', { usage: { input_tokens: 7 }, content: ['x'] }),
      lines.result('t1', 'ok', { toolUseResult: { usage: tokens(99), content: [] } }),
      lines.says('m1', '"usage":{"output_tokens":5}', tokens(70)),
      lines.says('m2', 'glued', tokens(3)).trimEnd(),
      lines.says('m3', 'to another', tokens(4)),
      lines.says('m4', 'no price', tokens(5), 'glm-4.7'),
      lines.says('m5', 'synthetic', tokens(6), '<synthetic>'),
      'not a record "usage":{\n',
      lines.says('m6', 'é🎉 wide', usage({ server_tool_use: { web_search_requests: 2 } })),
      lines.says('m7', 'fast', usage({ speed: 'fast' }), 'claude-opus-4-6'),
      lines.says('m9', 'at half the price', usage({ service_tier: 'batch' })),
      lines.says('m8', 'being written', tokens(9)).slice(0, -9),
    ].join(''),
  );
  expect(await expectSame(MAIN)).toBeGreaterThan(4);
});

it('understands other shapes of the same record', async () => {
  const lines = new Lines(SESSION);
  const message = { role: 'assistant', model: 'claude-opus-4-5', stop_reason: 'end_turn' };
  const response = (id: string, more: object) =>
    lines.record('assistant', { requestId: `req-${id}`, message: { ...message, id, ...more } });
  const early = { usage: tokens(11), content: [{ type: 'text', text: 'after' }] };
  reading.write(
    MAIN,
    [
      response('m1', early),
      response('m2', { content: 'a text', usage: tokens(12) }),
      response('m3', { content: [], usage: tokens(13), context_management: { usage: 1 } }),
      lines.says('m4', 'spaced', tokens(14)).replaceAll('":', '" : '),
      lines.record('assistant', { message: { ...message, content: [], usage: tokens(15) } }),
      lines.record('progress', {
        data: {
          type: 'agent_progress',
          agentId: 'a1',
          message: { requestId: 'r6', message: { ...message, id: 'm6', usage: tokens(16) } },
        },
      }),
      response('m7', {
        content: [],
        usage: usage({
          iterations: [
            { type: 'message', ...tokens(10) },
            { type: 'advisor_message', model: 'claude-fable-5', ...tokens(21) },
          ],
        }),
      }),
      lines.says('m8', 'no newline at its end', tokens(17)).trimEnd(),
    ].join(''),
  );
  expect(await expectSame(MAIN)).toBeGreaterThan(4);
});

it('sees what names a response also where it stands behind the content', async () => {
  const lines = new Lines(SESSION);
  const message = (id: string, output: number) => ({
    role: 'assistant',
    content: [{ type: 'text', text: 'first' }],
    model: 'glm-4.7',
    id,
    stop_reason: null,
    usage: tokens(output),
  });
  const other = { ...message('m3', 13), stop_reason: 'end_turn', model: 'claude-opus-4-5' };
  const { content, usage, stop_reason, ...named } = other;
  reading.write(
    MAIN,
    [
      lines.record('assistant', { message: message('m1', 11) }),
      lines.record('assistant', { message: message('m2', 12) }),
      lines.record('assistant', {
        message: { ...named, stop_reason, content, usage },
        toolUseResult: { usage: tokens(99) },
      }),
    ].join(''),
  );
  expect(await expectSame(MAIN)).toBe(5);
});

it('keeps the usage of a record apart from that of a damaged one glued to it', async () => {
  const lines = new Lines(SESSION);
  const whole = lines.says('m1', 'whole', tokens(11)).trimEnd();
  const damaged = lines.says('m2', 'damaged', tokens(12)).replace('"message"', '"massage"');
  reading.write(MAIN, whole + damaged);
  expect(await expectSame(MAIN)).toBe(4);
});

it.each([66, 75])('goes on behind a line of %d MB', async (megabytes) => {
  const lines = new Lines(SESSION);
  const long = lines.says('m2', 'x'.repeat(megabytes * 1_048_576), tokens(12));
  const content = [
    lines.says('m1', 'before', tokens(11)),
    long,
    lines.says('m3', 'after', tokens(13)),
  ];
  reading.write(MAIN, content.join(''));
  expect(await expectSame(MAIN)).toBe(4);
  const [sum] = await reading.store.usageSums({ periods: PERIODS, by: [] });
  expect(sum?.messages).toBe(2);
});

it('gives a response without a time that of the record before', async () => {
  const lines = new Lines(SESSION);
  const timeless = lines.says('m2', 'when?', tokens(4)).replace(/"timestamp":"[^"]*",/u, '');
  reading.write(MAIN, lines.prompt('Go') + timeless + lines.says('m3', 'then', tokens(5)));
  await expectSame(MAIN);
});

it('counts what two sessions share for the older one', async () => {
  const shared = new Lines(SESSION);
  const head = shared.prompt('Go') + shared.says('m1', 'one', tokens(20));
  reading.write(MAIN, head + shared.says('m2', 'two', tokens(21)), 9_000_000);
  const more = new Lines(OTHER, { from: 90_000 });
  reading.write(COPY, head + more.says('m3', 'three', tokens(22)), 1_000);
  await expectSame(COPY, MAIN);
});
