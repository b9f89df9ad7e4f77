import type * as z from 'zod';

/** What is answered: JSON by a schema, something of another type, or nothing (`null`). */
export type Answer = z.ZodType | { types: readonly string[] } | null;

/** One way to ask the server, as documentation and tests know it. */
export type Endpoint = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As express writes it, with `:id`. */
  path: string;
  group: string;
  summary: string;
  query?: z.ZodType;
  body?: z.ZodType;
  /** By status. */
  answers: Readonly<Record<number, Answer>>;
  /** Statuses of errors besides 400, 403 and 500, which every way may answer. */
  errors: readonly number[];
  /** Whether it changes something and so wants the token. */
  needsToken: boolean;
};

type Said = { query?: z.ZodType; body?: z.ZodType; status?: number; errors?: readonly number[] };

/** A way to read something. */
export function reads(
  group: string,
  path: string,
  summary: string,
  answer: Answer,
  said: Said = {},
): Endpoint {
  const { status = 200, errors = [], ...asked } = said;
  return {
    method: 'get',
    path,
    group,
    summary,
    ...asked,
    answers: { [status]: answer },
    errors,
    needsToken: false,
  };
}

/** A way to change something; without an answer it is 204. */
export function changes(
  method: Exclude<Endpoint['method'], 'get'>,
  group: string,
  path: string,
  summary: string,
  answer: Answer,
  said: Said = {},
): Endpoint {
  const { status = answer === null ? 204 : 200, errors = [], ...asked } = said;
  return {
    method,
    path,
    group,
    summary,
    ...asked,
    answers: { [status]: answer },
    errors,
    needsToken: true,
  };
}
