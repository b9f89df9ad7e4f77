import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const API_KEY = 'test-key-of-the-stand-in';

/** Where the real client runs: a fresh home of its own, with nothing of the caller's environment. */
export type ClientHome = { binary: string; home: string; cwd: string; env: Record<string, string> };

/** Makes a home in which the client asks nothing and talks to nobody but the stand-in. */
export function makeClientHome(
  binary: string,
  home: string,
  modelUrl: string,
  env: Record<string, string> = {},
): ClientHome {
  const cwd = path.join(home, 'project');
  const tmp = path.join(home, 'tmp');
  for (const folder of [cwd, tmp]) fs.mkdirSync(folder, { recursive: true });
  const settings = {
    hasCompletedOnboarding: true,
    theme: 'dark',
    customApiKeyResponses: { approved: [API_KEY.slice(-20)], rejected: [] },
    projects: { [cwd]: { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true } },
  };
  fs.writeFileSync(path.join(home, '.claude.json'), JSON.stringify(settings));
  return {
    binary,
    home,
    cwd,
    env: {
      HOME: home,
      PATH: '/usr/local/bin:/usr/bin:/bin',
      TERM: 'xterm-256color',
      IS_SANDBOX: '1',
      CLAUDE_CODE_TMPDIR: tmp,
      ANTHROPIC_BASE_URL: modelUrl,
      ANTHROPIC_API_KEY: API_KEY,
      DISABLE_TELEMETRY: '1',
      DISABLE_AUTOUPDATER: '1',
      DISABLE_ERROR_REPORTING: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      CLAUDE_CODE_ENABLE_TODO_TOOLS: '1',
      ENABLE_TOOL_SEARCH: 'false',
      ...env,
    },
  };
}

/** Kills a process that was started `detached`, and all that it has started. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: all of the group has ended already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
