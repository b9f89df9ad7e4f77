import type { ServerResponse } from 'node:http';
import type { Hook } from '@claude-optimizer/protocol';
import type { Log } from '../log.js';
import type { HookAnswer, HookGuard, HookVerdict } from './hook-guard.js';

const JSON_BODY = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' } as const;
const GO_ON = { ...JSON_BODY, 'Content-Length': 2 } as const;

/** Answers a hook as the guard says: at once, or when the person has. What fails lets it go on. */
export function answerHook(
  response: ServerResponse,
  hook: Hook,
  guard: HookGuard | null,
  log: Log,
): void {
  const verdict = guard === null ? null : ask(guard, hook, log);
  if (verdict === null) {
    response.writeHead(200, GO_ON).end('{}');
    return;
  }
  const { answer, gone } = verdict;
  if (!(answer instanceof Promise)) {
    send(response, answer);
    return;
  }
  if (gone) response.on('close', gone);
  answer.then(
    (given) => send(response, given),
    (error: unknown) => {
      log.error({ err: error }, 'a hook could not be judged');
      send(response, {});
    },
  );
}

function ask(guard: HookGuard, hook: Hook, log: Log): HookVerdict | null {
  try {
    return guard(hook);
  } catch (error) {
    log.error({ err: error }, 'a hook could not be judged');
    return null;
  }
}

function send(response: ServerResponse, answer: HookAnswer): void {
  if (response.destroyed || response.writableEnded) return;
  const body = Buffer.from(JSON.stringify(answer));
  response.writeHead(200, { ...JSON_BODY, 'Content-Length': body.length }).end(body);
}
