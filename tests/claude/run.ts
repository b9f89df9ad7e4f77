import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import readline from 'node:readline';
import * as z from 'zod';
import { type ClientHome, killGroup } from './client-home.js';

const resultSchema = z.looseObject({
  type: z.literal('result'),
  is_error: z.boolean(),
  total_cost_usd: z.number(),
  /** The last words, or what went wrong. */
  result: z.string().optional(),
});
export type ClaudeResult = z.infer<typeof resultSchema>;

export type ClaudeRun = {
  child: ChildProcessWithoutNullStreams;
  /** Lines of stdout as they came. */
  lines: string[];
  /** Resolves when the process has ended. */
  ended: Promise<{ exitCode: number | null; result: ClaudeResult | null; stderr: string }>;
  /** Kills the client and what it has started, if they still run. */
  kill: () => void;
};

type RunOptions = {
  prompt: string;
  sessionId: string;
  model?: string;
  permissionMode?: string;
};

/** Runs the real client once (`claude -p`), in an environment of its own. */
export function runClaude(
  { binary, cwd, env }: ClientHome,
  { prompt, sessionId, model = 'sonnet', permissionMode = 'bypassPermissions' }: RunOptions,
): ClaudeRun {
  const output = ['--output-format', 'stream-json', '--verbose', '--session-id', sessionId];
  const rights = ['--model', model, '--permission-mode', permissionMode];
  const options = { cwd, env, detached: true };
  const child = spawn(binary, ['-p', prompt, ...output, ...rights], options);
  child.stdin.end();
  const lines: string[] = [];
  readline.createInterface(child.stdout).on('line', (line) => lines.push(line));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(([exitCode]: unknown[]) => ({
    exitCode: typeof exitCode === 'number' ? exitCode : null,
    result: lastResult(lines),
    stderr,
  }));
  return { child, lines, ended, kill: () => killGroup(child) };
}

/** The last `result` line; its sums are cumulative, so earlier ones don't count. */
function lastResult(lines: string[]): ClaudeResult | null {
  for (const line of lines.toReversed()) {
    const parsed = resultSchema.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data;
  }
  return null;
}
