import type { ErrorBody } from './error.js';

/** The closed set of things that can go wrong, each translated once at each edge. */
export const errorCodes = [
  'bad_request',
  'forbidden',
  'not_found',
  'conflict',
  'port_in_use',
  'host_refused',
  'config_invalid',
  'store_unavailable',
  'store_newer',
  'demo_unavailable',
  'calendar_unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** The only error class of the product: a code, what and where, and what to do (`fix`). */
export class OptimizerError extends Error {
  readonly code: ErrorCode;
  readonly fix: string;

  constructor(code: ErrorCode, message: string, options: { fix: string; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'OptimizerError';
    this.code = code;
    this.fix = options.fix;
  }

  toBody(): ErrorBody {
    return { error: { code: this.code, message: this.message, fix: this.fix } };
  }
}
