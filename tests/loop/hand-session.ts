import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {
  askListSchema,
  noticeListSchema,
  TOKEN_HEADER,
  type Ask,
  type AskAnswer,
  type SettingsBody,
} from '@claude-optimizer/protocol';
import { installHooks } from '@claude-optimizer/server';
import { makeClientHome } from '../claude/client-home.js';
import { installClaude } from '../claude/install.js';
import { startModelStandIn } from '../claude/model-stand-in.js';
import type { Block, Reply } from '../claude/reply.js';
import { runClaude } from '../claude/run.js';
import { openTerminal } from '../claude/terminal.js';
import { type Defer, tempFolder } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { until } from '../support/until.js';

export const PROMPT = 'Work as a person asked.';
export const AGENT_PROMPT = 'Help with the work.';
/** What each response costs at the price of the model that the tests ask for. */
export const TURN_MICRODOLLARS = 50_000;
const usage = { input: 500, output: 4_900 };

export const text = (words: string): Block => ({ type: 'text', text: words });
export const tool = (name: string, input: Record<string, unknown>): Block => ({
  type: 'tool_use',
  name,
  input,
});
export const bash = (command: string) => tool('Bash', { command, description: 'Something' });

type Options = {
  budgets?: SettingsBody['budgets'];
  turns: Block[][];
  /** What a subagent says whose prompt is `AGENT_PROMPT`. */
  agentTurns?: Block[][];
  paceMs?: number;
};

/** The real client as a person runs it, with our hooks in its settings and a daemon that answers. */
export async function prepareByHand(
  { budgets, turns, agentTurns = [], paceMs = 0 }: Options,
  defer: Defer,
) {
  const { binary, reason } = await installClaude();
  if (binary === null) throw new Error(reason);
  const [home, dataDir] = [tempFolder(defer), tempFolder(defer)];
  const notifications = { desktop: false };
  const config = JSON.stringify({ notifications, ...(budgets && { budgets }) });
  fs.writeFileSync(path.join(dataDir, 'config.json'), config, { mode: 0o600 });
  const claudeDir = path.join(home, '.claude');
  const daemon = await startDaemon({ claudeDir, dataDir }, defer);
  const threads = [
    { opensWith: AGENT_PROMPT, replies: repliesOf(agentTurns) },
    { opensWith: PROMPT, replies: repliesOf(turns) },
  ];
  const model = await startModelStandIn({ threads, paceMs });
  defer(() => model.close());
  const client = makeClientHome(binary, home, model.url);
  const where = { claudeDirs: [claudeDir], dataDir, host: '127.0.0.1', port: daemon.port };
  await installHooks(where, { dryRun: false, now: Date.now() });
  const sessionId = randomUUID();
  const inTerminal = async (rights = '--permission-mode default') => {
    const terminal = await openTerminal(client, sessionId, rights);
    defer(terminal.kill);
    return terminal;
  };
  const run = (permissionMode?: string) => {
    const started = runClaude(client, {
      prompt: PROMPT,
      sessionId,
      ...(permissionMode !== undefined && { permissionMode }),
    });
    defer(() => started.kill());
    return started;
  };
  const made = (name: string) => fs.existsSync(path.join(client.cwd, name));
  return { daemon, dataDir, model, client, sessionId, inTerminal, run, made };
}

function repliesOf(turns: Block[][]): Reply[] {
  return turns.map((blocks) => ({ blocks, usage }));
}

export async function asksOf(url: string): Promise<Ask[]> {
  const response = await fetch(`${url}/api/asks`);
  return askListSchema.parse(await response.json()).asks;
}

/** Waits until something is asked (other than `not`), and returns it. */
export function nextAsk(url: string, not?: string): Promise<Ask> {
  return until('a question to the person', async () => {
    return (await asksOf(url)).find(({ id }) => id !== not);
  });
}

/** Answers as the page does; throws with what the server says. */
export async function answer(url: string, id: string, given: AskAnswer): Promise<void> {
  const { token } = (await (await fetch(`${url}/api/token`)).json()) as { token: string };
  const response = await fetch(`${url}/api/asks/${id}/answer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [TOKEN_HEADER]: token },
    body: JSON.stringify(given),
  });
  if (!response.ok) throw new Error(`${String(response.status)} ${await response.text()}`);
}

export async function noticesOf(url: string) {
  const response = await fetch(`${url}/api/notices`);
  return noticeListSchema.parse(await response.json()).notices;
}

/** All that the client's transcripts hold at this moment. */
export function transcriptsOf(home: string): string {
  const projects = path.join(home, '.claude', 'projects');
  if (!fs.existsSync(projects)) return '';
  return fs
    .readdirSync(projects, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => fs.readFileSync(path.join(projects, name), 'utf8'))
    .join('');
}
