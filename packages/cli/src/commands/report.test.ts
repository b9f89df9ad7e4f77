import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { usageRowSchema, type UsageRow } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CliProcess } from '../cli-process.fixture.js';

const SESSION = 'e6a1d1c1-0000-4000-8000-000000000001';
let home: string;
let file: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'report-'));
  const project = path.join(home, '.claude', 'projects', '-shop');
  mkdirSync(project, { recursive: true });
  file = path.join(project, `${SESSION}.jsonl`);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Claude Code's line about one response of ten tokens out. */
function respond(id: string, at: string, model = 'claude-sonnet-4-5', reason = 'end_turn'): void {
  const usage = { input_tokens: 1_000, output_tokens: 10, cache_creation_input_tokens: 0 };
  const content = [{ type: 'tool_use', id: `t${id}`, name: 'Bash', input: { command: 'ls' } }];
  const message = { id, model, role: 'assistant', stop_reason: reason, usage, content };
  const place = {
    sessionId: SESSION,
    cwd: '/home/ada/shop',
    version: '2.1.100',
    isSidechain: false,
  };
  const record = { ...place, type: 'assistant', uuid: `u-${id}`, timestamp: at, message };
  appendFileSync(file, `${JSON.stringify({ ...record, requestId: `r-${id}` })}\n`);
}

async function run(...args: string[]): Promise<{ out: string; err: string; code: number | null }> {
  const cli = new CliProcess(home, [...args, '--data-dir', path.join(home, 'data')]);
  const code = await cli.exit();
  return { out: cli.stdout, err: cli.stderr, code };
}

async function rowsOf(...args: string[]): Promise<UsageRow[]> {
  const { out, err } = await run(...args, '--json');
  expect(err).toBe('');
  return (JSON.parse(out) as { rows: unknown[] }).rows.map((row) => usageRowSchema.parse(row));
}

test(
  'puts each response on its own day, in the zone that is asked for',
  { timeout: 30_000 },
  async () => {
    // Over midnight in Berlin, on the night in which the clocks go forward.
    respond('a', '2026-03-28T22:59:00Z');
    respond('b', '2026-03-28T23:01:00Z');
    respond('c', '2026-03-29T21:59:00Z');
    respond('d', '2026-03-29T22:01:00Z');
    const days = (rows: UsageRow[]) => rows.map(({ day, messages }) => [day, messages]);
    expect(days(await rowsOf('daily', '--timezone', 'Europe/Berlin'))).toEqual([
      ['2026-03-28', 1],
      ['2026-03-29', 2],
      ['2026-03-30', 1],
    ]);
    expect(days(await rowsOf('report', '-z', 'America/New_York', '-o', 'desc'))).toEqual([
      ['2026-03-29', 2],
      ['2026-03-28', 2],
    ]);
    const one = await rowsOf(
      'daily',
      '-s',
      '20260329',
      '-u',
      '20260329',
      '-z',
      'Europe/Berlin',
      '-O',
    );
    expect(one).toMatchObject([{ day: '2026-03-29', outputTokens: 20, costMicrodollars: 6_300 }]);
    // Nothing was kept for it.
    expect(existsSync(path.join(home, 'data'))).toBe(false);
  },
);

test(
  'says the same from the store as without it, and what was written since',
  { timeout: 60_000 },
  async () => {
    respond('a', '2026-03-01T10:00:00Z');
    respond('b', '2026-03-01T16:00:00Z', 'claude-future-9');
    const args = ['daily', '-b', '--timezone', 'UTC', '--json'];
    const scanned = await run(...args);
    const sessions = await rowsOf('session', '--timezone', 'UTC');
    expect(sessions).toMatchObject([
      { sessionId: SESSION, project: '/home/ada/shop', messages: 2 },
    ]);
    expect(existsSync(path.join(home, 'data', 'optimizer.db'))).toBe(true);
    expect(existsSync(path.join(home, 'data', 'daemon.json'))).toBe(false);
    expect((await run(...args)).out).toBe(scanned.out);
    expect(JSON.parse(scanned.out)).toMatchObject({
      rows: [
        { day: '2026-03-01', model: 'claude-sonnet-4-5', costMicrodollars: 3_150 },
        {
          day: '2026-03-01',
          model: 'claude-future-9',
          costMicrodollars: null,
          unpricedTokens: 1_010,
        },
      ],
      totals: { messages: 2, costMicrodollars: 3_150, unpricedMessages: 1 },
    });
    respond('c', '2026-03-02T10:00:00Z');
    expect((await rowsOf('daily', '--timezone', 'UTC')).map(({ day }) => day)).toEqual([
      '2026-03-01',
      '2026-03-02',
    ]);
    const { out } = await run('daily', '--timezone', 'UTC');
    expect(out).toMatch(/^Day +Models +Input/);
    expect(out).toMatch(/Total.*\$0\.01\*\n/);
    expect(out).toContain('* 1 response (1,010 tokens) without a known price: not in the cost.');
    const blocks = await rowsOf('blocks', '--timezone', 'UTC');
    expect(blocks.map(({ messages }) => messages)).toEqual([1, 1, 1]);
  },
);

test('counts the calls of tools, as CSV too', { timeout: 30_000 }, async () => {
  respond('a', '2026-03-01T10:00:00Z', 'claude-sonnet-4-5', 'tool_use');
  const content = [{ type: 'tool_result', tool_use_id: 'ta', content: 'no', is_error: true }];
  const place = {
    sessionId: SESSION,
    cwd: '/home/ada/shop',
    version: '2.1.100',
    isSidechain: false,
  };
  const result = { type: 'user', uuid: 'u2', timestamp: '2026-03-01T10:00:02Z' };
  appendFileSync(
    file,
    `${JSON.stringify({ ...place, ...result, message: { role: 'user', content } })}\n`,
  );
  const { out } = await run('report', 'tools', '--csv');
  expect(out).toBe(
    'name,calls,errors,denials,durationMs,timed,linesAdded,linesRemoved\r\nBash,1,1,0,2000,1,0,0\r\n',
  );
});

test.each([
  [['report', 'yearly'], /no report "yearly"[^]*daily, weekly/],
  [['daily', '--since', '2026-02-30'], /--since is "2026-02-30"/],
  [['daily', '--timezone', 'Mars/Olympus'], /no time zone "Mars\/Olympus"/],
  [['daily', '--order', 'up'], /--order is "up"[^]*asc or desc/],
  [['report', 'tools', '--model', 'x'], /--model has no meaning for tools/],
])('refuses %j', { timeout: 30_000 }, async (args, reason) => {
  respond('a', '2026-03-01T10:00:00Z');
  const { out, err, code } = await run(...args);
  expect({ out, code }).toEqual({ out: '', code: 1 });
  expect(err).toMatch(reason);
});

test('takes what ccusage takes, or says what to use instead', { timeout: 60_000 }, async () => {
  const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString();
  for (const back of [0, 1, 2, 40]) respond(`m${String(back)}`, day(back));
  const daily = await rowsOf('daily', '--last', '2', '-z', 'UTC');
  expect(daily.map(({ day: at }) => at)).toEqual([day(1).slice(0, 10), day(0).slice(0, 10)]);
  expect(await rowsOf('monthly', '--last', '1', '-z', 'UTC')).toHaveLength(1);
  expect((await rowsOf('blocks', '--recent', '-z', 'UTC')).length).toBeLessThan(4);
  const painted = await run('daily', '--color');
  expect(painted.out).toContain('\u001b[1m');

  const refused: [string[], RegExp][] = [
    [['daily', '--instances'], /no --instances here\.\nBy project: claude-optimizer report/],
    [['session', '--id', 'abc'], /no --id here\.\nOne session: claude-optimizer sessions show/],
    [['daily', '--mode', 'display'], /no --mode here\..*\n?.*doctor/],
    [['report', 'monthly', '--no-offline'], /prices update/],
    [['weekly', '--start-of-week', 'sunday'], /Weeks begin on Monday/],
    [['blocks', '--token-limit', 'max'], /statusline install/],
    [['daily', '--jq', '.rows'], /Hand it on/],
    [['daily', '--last', '0'], /--last is "0"/],
    [['session', '--last', '2'], /--last has no meaning for session/],
    [['daily', '--last', '2', '--since', '20260101'], /--since and --last contradict/],
    [['daily', '--json', '--csv'], /Choose one of them/],
  ];
  const said = await Promise.all(refused.map(([args]) => run(...args)));
  for (const [index, { err, out, code }] of said.entries()) {
    expect([out, code]).toEqual(['', 1]);
    expect(err).toMatch(refused[index]?.[1] ?? /^$/u);
  }
});
