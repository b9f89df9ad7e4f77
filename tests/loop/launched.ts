import fs from 'node:fs';
import path from 'node:path';
import {
  runListSchema,
  runSchema,
  TOKEN_HEADER,
  type Run,
  type RunBody,
  type SettingsBody,
} from '@claude-optimizer/protocol';
import { makeClientHome } from '../claude/client-home.js';
import { installClaude } from '../claude/install.js';
import { startModelStandIn, type Thread } from '../claude/model-stand-in.js';
import type { Block, Reply } from '../claude/reply.js';
import { type Defer, tempFolder } from '../support/cleanup.js';
import { startDaemon, type Daemon } from '../support/daemon.js';
import { until } from '../support/until.js';

export const OBJECTIVE = 'Build the gate';
const usage = { input: 500, output: 4_900 };
export const text = (words: string): Block => ({ type: 'text', text: words });
export const bash = (command: string): Block => ({
  type: 'tool_use',
  name: 'Bash',
  input: { command, description: 'Something' },
});

type Options = {
  turns?: Block[][];
  replies?: Reply[];
  /** Several conversations, by the objectives of their runs. */
  threads?: Thread[];
  /** Folders of the client's home that are registered as projects, besides `gate`. */
  projects?: readonly string[];
  settings?: SettingsBody;
  env?: Record<string, string>;
  /** Between the end of a block and what the model sends next. */
  paceMs?: number;
  /** Instead of the real client. */
  binary?: string;
};

/** A daemon that can launch the real client, which speaks with a stand-in of the model API. */
export async function prepareLaunch(options: Options, defer: Defer) {
  const { turns = [], settings = {}, env = {}, paceMs = 0 } = options;
  const replies = options.replies ?? turns.map((blocks) => ({ blocks, usage }));
  const binary = options.binary ?? (await installClaude()).binary;
  if (binary === null) throw new Error('there is no client');
  const threads = options.threads ?? [{ opensWith: OBJECTIVE, replies }];
  const model = await startModelStandIn({ threads, paceMs });
  defer(() => model.close());
  const [home, dataDir] = [tempFolder(defer), tempFolder(defer)];
  const client = makeClientHome(binary, home, model.url, env);
  const launcher = { claudePath: binary, permissionMode: 'default', ...settings.launcher } as const;
  const config: SettingsBody = {
    ...settings,
    launcher,
    projects: [
      { name: 'gate', path: fs.realpathSync(client.cwd) },
      ...projectsIn(fs.realpathSync(home), options.projects ?? []),
    ],
    notifications: { desktop: false },
  };
  fs.writeFileSync(path.join(dataDir, 'config.json'), JSON.stringify(config), { mode: 0o600 });
  const claudeDir = path.join(home, '.claude');
  const start = () => startDaemon({ claudeDir, dataDir, env: client.env }, defer);
  return { start, client, dataDir, model, home };
}

function projectsIn(home: string, names: readonly string[]) {
  return names.map((name) => {
    const folder = path.join(home, name);
    fs.mkdirSync(folder);
    return { name, path: folder };
  });
}

/** Asks as the page does; throws with what the server says. */
export async function send(url: string, pathname: string, body: object = {}): Promise<unknown> {
  return post(url, await tokenOf(url), pathname, body);
}

/** What a request that changes something must bring. */
export async function tokenOf(url: string): Promise<string> {
  const { token } = (await (await fetch(`${url}/api/token`)).json()) as { token: string };
  return token;
}

/** The same with a token at hand. */
export async function post(
  url: string,
  token: string,
  pathname: string,
  body: object,
): Promise<unknown> {
  const response = await fetch(`${url}${pathname}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [TOKEN_HEADER]: token },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${String(response.status)} ${await response.text()}`);
  return response.status === 204 ? null : response.json();
}

export async function launch({ url }: Daemon, body: RunBody = {}): Promise<Run> {
  const order = { project: 'gate', objectives: [OBJECTIVE], model: 'sonnet', ...body };
  const { run } = (await send(url, '/api/runs', order)) as { run: unknown };
  return runSchema.parse(run);
}

export async function runOf({ url }: Daemon, id: string): Promise<Run> {
  const response = await fetch(`${url}/api/runs/${id}`);
  return runSchema.parse(((await response.json()) as { run: unknown }).run);
}

/** Every run, page by page. */
export async function allRuns({ url }: Daemon): Promise<Run[]> {
  const runs: Run[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const response = await fetch(`${url}/api/runs?limit=100${query}`);
    const page = runListSchema.parse(await response.json());
    runs.push(...page.runs);
    cursor = page.nextCursor;
  }
  return runs;
}

/** The run once it has ended. */
export function ended(daemon: Daemon, { id }: Run): Promise<Run> {
  return until(
    'the run to end',
    async () => {
      const run = await runOf(daemon, id);
      return run.endedAt === null ? null : run;
    },
    { timeoutMs: 30_000 },
  );
}

/** The run once it is in this state. */
export function inState(daemon: Daemon, { id }: Run, state: Run['state']): Promise<Run> {
  return until(`the run to be ${state}`, async () => {
    const run = await runOf(daemon, id);
    return run.state === state ? run : null;
  });
}
