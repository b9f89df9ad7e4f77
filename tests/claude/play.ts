import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { fetchDetail } from '../support/api.js';
import { type Defer, tempFolder } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { follow } from '../support/follower.js';
import { until } from '../support/until.js';
import { CLAUDE_CODE_VERSION, installClaude, registryIsReachable } from './install.js';
import { type Scenario, startModelStandIn } from './model-stand-in.js';
import { makeClientHome } from './client-home.js';
import { runClaude } from './run.js';

const claude = await installClaude();
if (claude.binary === null) {
  console.log(`THE REAL CLAUDE CODE ${CLAUDE_CODE_VERSION} WAS NOT RUN: ${claude.reason}`);
}
const mustRun = process.env.CI === 'true' && (await registryIsReachable());

/** Where the real client can't be had its tests are skipped; in CI they run and fail instead. */
export const skipWithoutClaude = claude.binary === null && !mustRun;

type Script = { prompt: string; env?: Record<string, string>; scenario: () => Scenario };

/** A daemon that watches a fresh home, a follower of it, and the client ready to run there. */
export async function prepare(script: Script, defer: Defer) {
  const { binary } = claude;
  if (binary === null) throw new Error(claude.reason);
  const home = tempFolder(defer);
  const daemon = await startDaemon(
    { claudeDir: path.join(home, '.claude'), dataDir: tempFolder(defer) },
    defer,
  );
  const model = await startModelStandIn(script.scenario());
  defer(() => model.close());
  const follower = await follow(daemon.url, defer);
  const sessionId = randomUUID();
  const settled = (status: string) =>
    until(`the session to be ${status}`, async () => {
      const detail = await fetchDetail(daemon.url, sessionId);
      return detail?.state.summary.status === status ? detail : null;
    });
  const client = makeClientHome(binary, home, model.url, script.env);
  const start = () => {
    const run = runClaude(client, { prompt: script.prompt, sessionId });
    defer(() => run.kill());
    return run;
  };
  return { daemon, follower, sessionId, settled, client, start };
}

/** The same with the client running. */
export async function play(script: Script, defer: Defer) {
  const { start, ...prepared } = await prepare(script, defer);
  return { ...prepared, run: start() };
}
