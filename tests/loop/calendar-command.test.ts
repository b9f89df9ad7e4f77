import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { inRepo } from '../../scripts/lib/places.mjs';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { until } from '../support/until.js';

const defer = undoAfter('each');
const BINARY = inRepo('packages/cli/bin/claude-optimizer.js');
const RED = '\u001B[31m';
const MINUTE = 60_000;

type Event = { at: number; title: string; lines?: string };

/** The command with folders of its own, where nothing runs yet. */
function prepareCommand() {
  const [dataDir, home] = [tempFolder(defer), tempFolder(defer)];
  const env = { PATH: process.env.PATH ?? '', HOME: home, FORCE_COLOR: '1', TZ: 'UTC' };
  const file = path.join(home, 'mine.ics');
  const folders = ['--claude-dir', path.join(home, '.claude'), '--data-dir', dataDir];
  const words = (...given: string[]) => [BINARY, ...given, ...folders];
  const run = async (...given: string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, words(...given), { env });
    return stdout;
  };
  const watch = (...given: string[]) => {
    const all = words('calendar', 'watch', '--port', '0', ...given);
    const child = spawn(process.execPath, all, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    defer(() => child.kill('SIGKILL'));
    let said = '';
    child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
    return { said: () => said };
  };
  fs.mkdirSync(path.join(home, 'shop'));
  const put = (...events: Event[]) => fs.writeFileSync(file, icsOf(events));
  return { dataDir, home, file, run, watch, put };
}

function icsOf(events: readonly Event[]): string {
  const stamp = (at: number) => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/gu, '')}Z`;
  const lines = events.flatMap(({ at, title, lines: more = '- [ ] Build auth' }) => [
    ...['BEGIN:VEVENT', `UID:${title}`, `DTSTART:${stamp(at)}`, `DTEND:${stamp(at + 30 * MINUTE)}`],
    ...[`SUMMARY:${title}`, `DESCRIPTION:${more}`, 'END:VEVENT'],
  ]);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

it('shows by day what is planned, with problems in red, and pauses and resumes', async () => {
  const { run, put, file, home } = prepareCommand();
  await run('project', 'add', path.join(home, 'shop'));
  const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const at = Date.parse(`${day}T09:00:00Z`);
  put(
    { at, title: 'Claude: shop — Build', lines: 'budget: $2\\n- [ ] Build auth' },
    { at: at + 60 * MINUTE, title: 'Claude: shop', lines: 'budgte: $2\\n- [ ] Write tests' },
  );
  expect(await run('calendar', 'add', 'file', file)).toMatch(/mine.*\n.*2 plans, 1 with problems/u);
  const list = await run('calendar', 'list');
  const heading = new Intl.DateTimeFormat('en-GB', {
    ...{ weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' },
  }).format(at);
  expect(list.match(new RegExp(heading, 'gu'))).toHaveLength(1);
  expect(list).toMatch(/09:00–09:30 {2}Claude: shop — Build .*1 objective, \$2\.00/u);
  expect(list).toContain('It waits for your confirmation.');
  const line = list.split('\n').find((one) => one.includes('budgte')) ?? '';
  expect(line).toContain(RED);
  expect(line).toMatch(/did you mean “?budget/iu);
  await run('calendar', 'pause');
  expect(await run('calendar', 'list')).toContain('Paused: nothing starts by itself.');
  expect(await run('calendar', 'resume')).toContain('start by themselves again');
  expect(await run('calendar', 'list')).not.toContain('Paused');
});

it('proposes, plans, exports and subscribes, and forgets a calendar', async () => {
  const { run, put, file, home } = prepareCommand();
  await run('project', 'add', path.join(home, 'shop'));
  const proposal = await run(
    'calendar',
    'schedule',
    'shop',
    '-o',
    'Build auth',
    '--phase',
    'Build',
  );
  expect(proposal).toMatch(/shop — Build\n.*min, a first guess\n {4}- Build auth/u);
  expect(proposal).toContain('Nothing was planned.');
  const plan = path.join(home, 'plan.md');
  fs.writeFileSync(plan, '# Build\n- [ ] Build auth\n\n# Check\n- [ ] Write tests\n');
  expect(await run('calendar', 'schedule', 'shop', '--plan', plan, '--yes')).toContain(
    'Planned: 2.',
  );
  const out = path.join(home, 'out.ics');
  await run('calendar', 'export', '--out', out);
  expect(fs.readFileSync(out, 'utf8').match(/SUMMARY:Claude: shop/gu)).toHaveLength(2);
  const feed = await run('calendar', 'feed');
  expect(feed).toMatch(/^http:\/\/localhost:3001\/\S{30,}\n/u);
  expect(await run('calendar', 'feed')).toBe(feed);
  expect(await run('calendar', 'feed', '--new')).not.toBe(feed);

  put({ at: Date.now() + 60 * MINUTE, title: 'Claude: shop' });
  await run('calendar', 'add', 'file', file);
  expect(await run('calendar', 'logout', 'mine')).toContain('switched off');
  expect(await run('calendar', 'sources')).toContain('switched off');
  await run('calendar', 'remove', 'mine');
  expect(await run('calendar', 'sources')).not.toContain('mine');
});

it('watches in the foreground, warns in the terminal, and starts nothing where it must not', async () => {
  const { run, watch, put, file, home, dataDir } = prepareCommand();
  await run('project', 'add', path.join(home, 'shop'));
  const at = Math.ceil(Date.now() / 1_000) * 1_000 + 10_000;
  put({ at, title: 'Claude: shop — Build' });
  await run('calendar', 'add', 'file', file, '--trust', 'automatic');
  const { said } = watch('--no-auto-start');
  await until('the warning', () => said().includes('Claude: shop — Build starts within a minute'));
  await until('the word that it doesn’t start', () => said().includes('has not started'), {
    timeoutMs: 30_000,
  });
  expect(said()).toContain('Starting by itself is off.');
  expect(fs.existsSync(path.join(dataDir, 'runs'))).toBe(false);
});
