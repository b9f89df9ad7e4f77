import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  eventPageSchema,
  limitActions,
  OptimizerError,
  runAnswerSchema,
  runPreviewSchema,
  type LimitAction,
  type Run,
  type RunBody,
  type SessionEvent,
} from '@claude-optimizer/protocol';
import { createLog, readConfig, start, type Flags } from '@claude-optimizer/server';
import { daemonOf, DaemonClient } from '../daemon-client.js';
import { renderActivity, renderRun } from '../render-run.js';

export type RunFlags = Flags & {
  objective?: string[];
  constraint?: string[];
  phase?: string;
  model?: string;
  budget?: string;
  tokens?: string;
  turns?: string;
  minutes?: string;
  onLimit?: string;
  template?: string;
  dryRun?: boolean;
  follow?: boolean;
  json?: boolean;
};

type Write = (text: string) => void;
const LOOK_MS = 250;

/**
 * Starts a run through the daemon, or through one of its own for the time of the run where none
 * is running. Gives the exit code: 0, or 1 when a followed run did not succeed.
 */
export async function run(project: string, flags: RunFlags, write: Write): Promise<number> {
  const body = { ...bodyOf(project, flags), dryRun: flags.dryRun ?? false };
  const config = readConfig({ flags: { ...flags, port: '0' } });
  const known = await daemonOf(config.dataDir);
  if (known) return launch(known, body, flags, write);
  const own = await start(config, createLog({ level: 'error' }));
  try {
    // Nobody else would watch it: it is followed to its end.
    return await launch(
      new DaemonClient(own.url, own.token),
      body,
      { ...flags, follow: true },
      write,
    );
  } finally {
    await own.close();
  }
}

async function launch(
  daemon: DaemonClient,
  body: RunBody,
  { follow = false, json = false, dryRun = false }: RunFlags,
  write: Write,
): Promise<number> {
  if (dryRun) {
    const preview = await daemon.ask('POST', '/api/runs', runPreviewSchema, body);
    if (json) write(`${JSON.stringify(preview, null, 2)}\n`);
    else write(`${preview.prompt}\n\n${preview.argv.join(' ')}\nin ${preview.cwd}\n`);
    return 0;
  }
  const { run } = await daemon.ask('POST', '/api/runs', runAnswerSchema, body);
  if (!follow) {
    write(json ? `${JSON.stringify(run, null, 2)}\n` : `${renderRun(run)}${pageOf(daemon, run)}`);
    return run.state === 'failed' ? 1 : 0;
  }
  return followRun(daemon, run, json, write);
}

/** Tells each change of the run and, for people, what its session does. */
async function followRun(
  daemon: DaemonClient,
  first: Run,
  json: boolean,
  write: Write,
): Promise<number> {
  let [run, told, seq] = [first, -1, 0];
  if (!json) write(pageOf(daemon, run));
  for (;;) {
    if (run.revision !== told) write(json ? `${JSON.stringify(run)}\n` : '');
    told = run.revision;
    if (!json && run.sessionId !== null) {
      const events = await newEvents(daemon, run.sessionId, seq);
      seq = events.at(-1)?.seq ?? seq;
      write(renderActivity(events));
    }
    if (run.endedAt !== null) break;
    await sleep(LOOK_MS);
    ({ run } = await daemon.get(`/api/runs/${run.id}`, runAnswerSchema));
  }
  if (!json) write(renderRun(run));
  return run.state === 'succeeded' ? 0 : 1;
}

async function newEvents(daemon: DaemonClient, id: string, after: number): Promise<SessionEvent[]> {
  try {
    const { events } = await daemon.get(`/api/sessions/${id}/events?limit=200`, eventPageSchema);
    return events.filter(({ seq }) => seq > after);
  } catch (error) {
    // Its transcript isn't there before its first words.
    if (error instanceof OptimizerError && error.code === 'not_found') return [];
    throw error;
  }
}

function pageOf({ url }: DaemonClient, { sessionId }: Run): string {
  return sessionId === null ? '' : `Watch it at ${url}/sessions/${sessionId}\n`;
}

function bodyOf(project: string, flags: RunFlags): RunBody {
  const isPath = /^[~./]/u.test(project);
  return {
    ...(isPath ? { path: project } : { project }),
    ...(flags.phase !== undefined && { phase: flags.phase }),
    ...(flags.model !== undefined && { model: flags.model }),
    objectives: flags.objective ?? [],
    constraints: flags.constraint ?? [],
    limits: {
      costMicrodollars: amountOf('--budget', flags.budget, 1_000_000),
      tokens: amountOf('--tokens', flags.tokens, 1),
      turns: amountOf('--turns', flags.turns, 1),
      wallMs: amountOf('--minutes', flags.minutes, 60_000),
    },
    ...(flags.onLimit !== undefined && { onLimit: actionOf(flags.onLimit) }),
    ...(flags.template !== undefined && { template: templateOf(flags.template) }),
  };
}

/** A positive number with an optional k or M, times `unit`, as a whole. */
function amountOf(flag: string, text: string | undefined, unit: number): number | null {
  if (text === undefined) return null;
  const [, digits, suffix = ''] = /^\$?(\d+(?:\.\d+)?)([kKmM]?)$/u.exec(text.trim()) ?? [];
  const times = { '': 1, k: 1_000, m: 1_000_000 }[suffix.toLowerCase()] ?? NaN;
  const amount = Math.round(Number(digits) * times * unit);
  if (amount >= 1) return amount;
  throw new OptimizerError('bad_request', `${flag} is ${JSON.stringify(text)}.`, {
    fix: 'Give a positive number, such as 2, 0.50 or 200k.',
  });
}

function templateOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new OptimizerError('bad_request', `The template ${file} can't be read.`, {
      fix: 'Give a text file, with {{objectives}} where they belong.',
      cause,
    });
  }
}

function actionOf(text: string): LimitAction {
  const action = limitActions.find((known) => known === text);
  if (action) return action;
  throw new OptimizerError('bad_request', `--on-limit is ${JSON.stringify(text)}.`, {
    fix: `Choose one of ${limitActions.join(', ')}.`,
  });
}
