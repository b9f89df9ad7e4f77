import { OptimizerError, type ErrorCode } from '@claude-optimizer/protocol';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import * as z from 'zod';
import type { Log } from '../log.js';

const STATUS: Record<ErrorCode, number> = {
  bad_request: 400,
  forbidden: 403,
  host_refused: 403,
  not_found: 404,
  conflict: 409,
  calendar_unavailable: 502,
  demo_unavailable: 503,
  store_unavailable: 503,
  port_in_use: 500,
  config_invalid: 500,
  store_newer: 500,
  internal: 500,
};

/** What Express and its body parser throw. */
const clientErrorSchema = z.object({
  status: z.int().min(400).max(499),
  type: z.string().optional(),
  message: z.string(),
});

/** The one place where an error becomes an answer: `ErrorBody` with its status. */
export function answerErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const [known, status] = answerTo(error);
    if (status >= 500) log.error({ err: error, path: request.path }, 'a request failed');
    if (response.headersSent) next(error);
    else response.status(status).json(known.toBody());
  };
}

/** Answers 405 to a method that the path doesn't have. */
export function allowOnly(...methods: string[]): RequestHandler {
  return (request, response) => {
    const { method } = request;
    const error = new OptimizerError(
      'bad_request',
      `${request.baseUrl}${request.path} has no ${method}.`,
      {
        fix: `Use ${methods.join(' or ')}.`,
      },
    );
    response.status(405).set('Allow', methods.join(', ')).json(error.toBody());
  };
}

/** Answers 404 to a path that the API doesn't have. */
export const unknownPath: RequestHandler = (request) => {
  throw new OptimizerError('not_found', `There is no ${request.originalUrl.split('?')[0]}.`, {
    fix: 'GET /api/docs tells all that there is.',
  });
};

/** What an error is to a client, and its HTTP status. */
export function answerTo(error: unknown): [OptimizerError, status: number] {
  if (error instanceof OptimizerError) return [error, STATUS[error.code]];
  if (error instanceof z.ZodError) return [invalid(error), 400];
  if (error instanceof SyntaxError && !('status' in error)) {
    return [
      unreadable({ status: 400, type: 'entity.parse.failed', message: error.message }, error),
      400,
    ];
  }
  const refused = clientErrorSchema.safeParse(error);
  if (refused.success) return [unreadable(refused.data, error), refused.data.status];
  const internal = new OptimizerError('internal', 'The server failed to answer.', {
    fix: 'The log says why. Try again; if it stays, report it with those lines.',
    cause: error,
  });
  return [internal, 500];
}

function invalid(error: z.ZodError): OptimizerError {
  const where = error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  return new OptimizerError('bad_request', where.join('; '), {
    fix: 'Correct what is named and ask again.',
    cause: error,
  });
}

function unreadable({ type, message }: z.infer<typeof clientErrorSchema>, cause: unknown) {
  const isJson = type === 'entity.parse.failed';
  return new OptimizerError('bad_request', isJson ? `The body is no JSON: ${message}` : message, {
    fix: isJson ? 'Send valid JSON.' : 'Correct the request and send it again.',
    cause,
  });
}
