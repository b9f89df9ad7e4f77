import { OptimizerError } from '@claude-optimizer/protocol';
import { json, type RequestHandler } from 'express';

const ENTITY_TOO_LARGE = 413;

/**
 * Reads a JSON body of at most `limit` bytes (gzip is undone first). Any other type is refused: a
 * page elsewhere may send plain text without asking, but JSON only where it is let in.
 */
export function onlyJson(limit: number, otherwise: string): RequestHandler[] {
  const megabytes = `${String(limit / 1024 / 1024)} MB`;
  const read: RequestHandler = json({ limit, strict: false });
  return [
    (request, response, next) => {
      if (request.is('application/json') !== false) {
        next();
        return;
      }
      const type = request.get('content-type') ?? 'nothing';
      const error = new OptimizerError('bad_request', `The body is ${type}, not JSON.`, {
        fix: otherwise,
      });
      response.status(415).set('Connection', 'close').json(error.toBody());
    },
    (request, response, next) => {
      read(request, response, (refusal?: unknown) => {
        if (!isTooLarge(refusal)) {
          next(refusal);
          return;
        }
        const error = new OptimizerError('bad_request', `The body is over ${megabytes}.`, {
          fix: `Send less: at most ${megabytes}. The transcript tells the same a little later.`,
        });
        response.status(ENTITY_TOO_LARGE).set('Connection', 'close').json(error.toBody());
      });
    },
  ];
}

function isTooLarge(refusal: unknown): boolean {
  return (
    typeof refusal === 'object' &&
    refusal !== null &&
    'status' in refusal &&
    refusal.status === ENTITY_TOO_LARGE
  );
}
