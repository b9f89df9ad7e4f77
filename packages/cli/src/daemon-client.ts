import { errorBodySchema, OptimizerError, TOKEN_HEADER } from '@claude-optimizer/protocol';
import { findDaemon } from '@claude-optimizer/server';
import type * as z from 'zod';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const ANSWER_MS = 30_000;

/** Speaks to the daemon of a data folder, with the token of its start. */
export class DaemonClient {
  readonly url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.#token = token;
  }

  get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return this.ask('GET', path, schema);
  }

  /**
   * The answer by its schema, waited for as long as `patience` (ms). Throws what the daemon answers
   * instead, with its code and fix.
   */
  async ask<T>(
    method: Method,
    path: string,
    schema: z.ZodType<T>,
    body?: unknown,
    patience = ANSWER_MS,
  ): Promise<T> {
    return schema.parse(await (await this.#send(method, path, body, patience)).json());
  }

  /** For what is answered with nothing. */
  async tell(method: Method, path: string, body?: unknown): Promise<void> {
    await this.#send(method, path, body);
  }

  async #send(
    method: Method,
    path: string,
    body: unknown,
    patience = ANSWER_MS,
  ): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        [TOKEN_HEADER]: this.#token,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patience),
    }).catch((cause: unknown) => {
      throw new OptimizerError('internal', `The daemon at ${this.url} doesn't answer.`, {
        fix: 'Look at its log, or start it again.',
        cause,
      });
    });
    if (response.ok) return response;
    const { error } = errorBodySchema.parse(await response.json());
    throw new OptimizerError(error.code, error.message, { fix: error.fix });
  }
}

/** The daemon that runs on the data folder, or null. */
export async function daemonOf(dataDir: string): Promise<DaemonClient | null> {
  const daemon = await findDaemon(dataDir, Date.now());
  if (!daemon?.url || !daemon.token) return null;
  return new DaemonClient(daemon.url, daemon.token);
}
