import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from './program.js';

/** What the program says and how it ends, without ending this process. */
async function say(...args: string[]) {
  let out = '';
  let err = '';
  const program = createProgram(args);
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => (out += text),
      writeErr: (text) => (err += text),
    });
  }
  const ended: unknown = await program
    .parseAsync(args, { from: 'user' })
    .catch((error: unknown) => error);
  return { out, err, exitCode: ended instanceof CommanderError ? ended.exitCode : null };
}

test('tells how it is used', async () => {
  const { out, exitCode } = await say('--help');
  expect(exitCode).toBe(0);
  for (const word of ['start', 'doctor', '--claude-dir', 'CLAUDE_OPTIMIZER_HOME', 'Examples:']) {
    expect(out).toContain(word);
  }
  expect((await say('start', '--help')).out).toContain('--log-level');
  expect((await say('doctor', '--help')).out).toContain('--json');
});

test('tells its version', async () => {
  expect((await say('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  [['--colour'], /unknown option '--colour'/],
  [['strat'], /unknown command 'strat'\n\(Did you mean start\?\)/],
  [['--demo', 'now'], /too many arguments for 'start'/],
  [['sessions', 'serch'], /unknown command 'serch'\n\(Did you mean search\?\)/],
  [['prices', 'updte'], /unknown command 'updte'\n\(Did you mean update\?\)/],
  [['archive', 'x'], /unknown command 'x'/],
  [['budget', 'x'], /unknown command 'x'/],
  [['--port'], /'-p, --port <number>' argument missing/],
  [['doctor', '--port', '1'], /unknown option '--port'/],
])('refuses %j', async (args, reason) => {
  const { err, exitCode } = await say(...args);
  expect(exitCode).toBe(1);
  expect(err).toMatch(reason);
});
