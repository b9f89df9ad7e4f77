import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { inRepo } from '../../scripts/lib/places.mjs';
import { skipWithoutClaude } from '../claude/play.js';
import { undoAfter } from '../support/cleanup.js';
import { bash, OBJECTIVE, prepareLaunch, text } from './launched.js';

const defer = undoAfter('each');
const BINARY = inRepo('packages/cli/bin/claude-optimizer.js');
const done = text(`All done.\n✓ Completed: ${OBJECTIVE}`);

async function prepareCommand(turns: Parameters<typeof prepareLaunch>[0]['turns'] = [[done]]) {
  const { client, dataDir, home, start } = await prepareLaunch({ turns }, defer);
  const folders = ['--claude-dir', path.join(home, '.claude'), '--data-dir', dataDir];
  const run = (...words: string[]) =>
    promisify(execFile)(process.execPath, [BINARY, 'run', ...words, ...folders], {
      env: { ...client.env, NO_COLOR: '1' },
    });
  return { run, home, start };
}

describe.skipIf(skipWithoutClaude)('claude-optimizer run', () => {
  it('starts a run without a daemon, and follows it to its end', async () => {
    const { run } = await prepareCommand();
    const { stdout } = await run('gate', '-o', OBJECTIVE, '--model', 'sonnet', '--budget', '1');
    expect(stdout).toContain(`✓ ${OBJECTIVE}`);
    expect(stdout).toMatch(/succeeded: .*\n\$0\.05 of \$1\.00, 5400 tokens, 1 of 1 objectives/u);
  });

  it('follows one of the daemon, and fails with it', async () => {
    const { run, start } = await prepareCommand([[bash('ls')], [bash('ls')], [done]]);
    await start();
    const words = ['-o', OBJECTIVE, '--model', 'sonnet', '--turns', '1', '--follow', '--json'];
    const failed = await run('gate', ...words).then(
      () => null,
      (error: unknown) => error as { code: number; stdout: string },
    );
    expect(failed?.code).toBe(1);
    const states = failed?.stdout.trim().split('\n') ?? [];
    expect(JSON.parse(states.at(-1) ?? '')).toMatchObject({
      state: 'stopped',
      cause: 'turn_limit',
    });
  });

  it('shows what it would start, by a template of its own, and starts nothing', async () => {
    const { run, home } = await prepareCommand();
    const template = path.join(home, 'words.txt');
    fs.writeFileSync(template, 'In {{project}}:\n{{objectives}}');
    const words = ['-o', OBJECTIVE, '--template', template, '--dry-run'];
    const { stdout } = await run('gate', ...words);
    expect(stdout).toContain(`In gate:\n- ${OBJECTIVE}\n`);
    expect(stdout).toContain('--session-id=<uuid>');
    await expect(run('gate', '--template', '/nowhere', '--dry-run')).rejects.toThrow(
      /can't be read/u,
    );
  });
});
