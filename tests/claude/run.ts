import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import * as z from 'zod';

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

export type ClaudeOptions = {
  binary: string;
  /** Temporary home; the client writes under `<home>/.claude`. */
  home: string;
  modelUrl: string;
  prompt: string;
  sessionId: string;
  model?: string;
  env?: Record<string, string>;
};

/** Runs the real client once (`claude -p`) against the stand-in, in an environment of its own. */
export function runClaude(options: ClaudeOptions): ClaudeRun {
  const { binary, home, modelUrl, prompt, sessionId, model = 'sonnet' } = options;
  const cwd = path.join(home, 'project');
  fs.mkdirSync(cwd, { recursive: true });
  fs.mkdirSync(path.join(home, 'tmp'), { recursive: true });
  const child = spawn(
    binary,
    ['-p', prompt, '--output-format', 'stream-json', '--verbose', '--session-id', sessionId].concat(
      ['--model', model, '--permission-mode', 'bypassPermissions'],
    ),
    {
      cwd,
      detached: true,
      env: {
        HOME: home,
        PATH: '/usr/local/bin:/usr/bin:/bin',
        IS_SANDBOX: '1',
        CLAUDE_CODE_TMPDIR: path.join(home, 'tmp'),
        ANTHROPIC_BASE_URL: modelUrl,
        ANTHROPIC_API_KEY: 'test-key',
        DISABLE_TELEMETRY: '1',
        DISABLE_AUTOUPDATER: '1',
        DISABLE_ERROR_REPORTING: '1',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        CLAUDE_CODE_ENABLE_TODO_TOOLS: '1',
        ENABLE_TOOL_SEARCH: 'false',
        ...options.env,
      },
    },
  );
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

function killGroup(child: ChildProcessWithoutNullStreams): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: all of the group has ended already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
