import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { hookSchema } from '@claude-optimizer/protocol';
import { answerHook } from '../hooks/answer-hook.js';
import type { HookGuard } from '../hooks/hook-guard.js';
import { takeHook, type LiveSources } from '../hooks/hooks.js';
import type { Log } from '../log.js';
import { answerTo } from './errors.js';
import type { Guard } from './guard.js';

/** What most hooks are far below; the few others take the longer way. */
const SMALL = 256 * 1024;
const JSON_BODY = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' } as const;

type Door = { guard: Guard; live: LiveSources; judge: HookGuard | null; log: Log };

/**
 * Takes plain hooks before the app: Claude Code waits for each answer, and middleware takes several
 * times as long as all the rest. What isn't plain (or isn't let in) goes to `app`, which says why.
 */
export function withHookDoor(
  app: RequestListener,
  { guard, live, judge, log }: Door,
): RequestListener {
  return (request, response) => {
    if (!isPlain(request) || guard(request) !== null) {
      app(request, response);
      return;
    }
    read(request, (body) => {
      try {
        const hook = hookSchema.parse(JSON.parse(body));
        answerHook(response, hook, judge, log);
        takeHook(live, hook);
      } catch (error) {
        refuse(response, error, log);
      }
    });
  };
}

function isPlain({ method, url, headers }: IncomingMessage): boolean {
  return (
    method === 'POST' &&
    url === '/api/hooks' &&
    headers['content-encoding'] === undefined &&
    /^application\/json *(?:; *charset=utf-?8)?$/iu.test(headers['content-type'] ?? '') &&
    Number(headers['content-length'] ?? SMALL) < SMALL
  );
}

// Bodies are shorter than their length says only when the client is gone: then nobody waits.
function read(request: IncomingMessage, use: (body: string) => void): void {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const [only] = parts;
    use((parts.length === 1 && only ? only : Buffer.concat(parts)).toString());
  });
}

function refuse(response: ServerResponse, error: unknown, log: Log): void {
  if (response.headersSent) {
    log.error({ err: error }, 'a hook could not be taken');
    return;
  }
  const [known, status] = answerTo(error);
  if (status >= 500) log.error({ err: error }, 'a hook could not be taken');
  response.writeHead(status, JSON_BODY).end(JSON.stringify(known.toBody()));
}
