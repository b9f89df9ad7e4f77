import path from 'node:path';
import { buildPrompt, runName } from '@claude-optimizer/core/run';
import {
  OptimizerError,
  type LauncherSettings,
  type LimitAction,
  type LimitsOfRun,
  type Order,
  type Spent,
} from '@claude-optimizer/protocol';
import type { KeeperOrder } from './run-folder.js';

/** What the client would take for its own session, and what is meant for us alone. */
const NOT_PASSED = [
  'CLAUDECODE',
  'CLAUDE_CODE_ENTRYPOINT',
  'CLAUDE_CODE_SSE_PORT',
  'CLAUDE_OPTIMIZER_HOME',
  'CLAUDE_OPTIMIZER_DEV_ORIGIN',
  'NODE_OPTIONS',
  'PORT',
] as const;
const MODEL = /^[A-Za-z0-9][\w.:@/[\]-]{0,99}$/u;
/** Where a run is asked about or brought to an end at its limit, that may take so much more. */
const GRACE = 1.25;
/** The least that `--max-budget-usd` tells from nothing. */
const LEAST_USD = 0.0001;

export type Start = {
  order: Order;
  cwd: string;
  sessionId: string;
  limits: LimitsOfRun;
  onLimit: LimitAction;
  /** Goes on with the session instead of beginning it. */
  resume: boolean;
  /** Whether the client can be told what the session is called. */
  canName?: boolean;
  /** What the session took in earlier processes; the client counts from its own start. */
  before?: Spent | null;
};

/** Arguments of the client, each a word of its own: nothing of a plan can become a flag. */
export function clientArguments(
  { order, sessionId, limits, onLimit, resume, before = null, canName = false }: Start,
  settings: LauncherSettings,
): string[] {
  const model = order.model ?? settings.model;
  if (model !== null && !MODEL.test(model)) {
    throw new OptimizerError('bad_request', `${JSON.stringify(model)} is no name of a model.`, {
      fix: 'Use an alias such as sonnet, or the full name of a model.',
    });
  }
  const cost = mostOf(limits.costMicrodollars, onLimit, before?.costMicrodollars);
  const turns = mostOf(limits.turns, onLimit, before?.turns);
  return [
    '-p',
    '--input-format=stream-json',
    '--output-format=stream-json',
    '--verbose',
    '--include-partial-messages',
    resume ? `--resume=${sessionId}` : `--session-id=${sessionId}`,
    `--permission-mode=${settings.permissionMode}`,
    ...(settings.askPermissions ? ['--permission-prompt-tool=stdio'] : []),
    ...(settings.allowedTools.length > 0
      ? [`--allowedTools=${settings.allowedTools.join(',')}`]
      : []),
    ...(model === null ? [] : [`--model=${model}`]),
    // In its transcript and its own lists of sessions; its first words are those of the template.
    ...(canName ? [`--name=${runName(order)}`] : []),
    // Held by the daemon, and by the client for when there is none.
    ...(cost === null ? [] : [`--max-budget-usd=${usd(cost)}`]),
    ...(turns === null ? [] : [`--max-turns=${String(turns)}`]),
  ];
}

/** Ms after its start at which the keeper ends the client; null: never. */
export function wallOfKeeper(limits: LimitsOfRun, onLimit: LimitAction, before: number) {
  return mostOf(limits.wallMs, onLimit, before);
}

/** What of a limit is left, with room for its last words where it isn't simply ended there. */
function mostOf(limit: number | null, onLimit: LimitAction, before: number | null = 0) {
  if (limit === null) return null;
  return Math.max(1, Math.ceil(onLimit === 'stop' ? limit : limit * GRACE) - (before ?? 0));
}

function usd(microdollars: number): string {
  return Math.max(LEAST_USD, microdollars / 1_000_000).toFixed(4);
}

/** All that the keeper needs to start the client in `start.cwd`. */
export function keeperOrder(
  start: Start,
  settings: LauncherSettings,
  client: { path: string; configDir: string | null },
): KeeperOrder {
  const before = { turns: start.before?.turns ?? 0, wallMs: start.before?.wallMs ?? 0 };
  const gone = Object.fromEntries(NOT_PASSED.map((name) => [name, null]));
  const npm = Object.keys(process.env).filter((name) => name.startsWith('npm_'));
  return {
    command: client.path,
    args: clientArguments(start, settings),
    cwd: path.resolve(start.cwd),
    env: {
      ...gone,
      ...Object.fromEntries(npm.map((name) => [name, null])),
      // The newest models have no list of tasks otherwise, or hide it behind a search.
      CLAUDE_CODE_ENABLE_TODO_TOOLS: '1',
      ENABLE_TOOL_SEARCH: 'false',
      ...(client.configDir !== null && { CLAUDE_CONFIG_DIR: client.configDir }),
    },
    input: [personSays(start.resume ? 'Go on.' : buildPrompt(settings.template, start.order))],
    wallMs: wallOfKeeper(start.limits, start.onLimit, before.wallMs),
    outputBytes: settings.outputMegabytes * 1_024 * 1_024,
    before,
  };
}

/** A line for the client's stdin that says something as the person would. */
export function personSays(text: string): string {
  const content = [{ type: 'text', text }];
  return JSON.stringify({
    type: 'user',
    message: { role: 'user', content },
    parent_tool_use_id: null,
  });
}

/** A line that answers the client's question for a permission. */
export function permissionSays(requestId: string, response: object): string {
  return JSON.stringify({
    type: 'control_response',
    response: { subtype: 'success', request_id: requestId, response },
  });
}

/** The questions that were answered with these lines, by their requests. */
export function answeredRequests(lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.map((line) => /"request_id":"([^"]+)"/u.exec(line)?.[1] ?? ''));
}
