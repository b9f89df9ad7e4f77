import * as protocol from '@claude-optimizer/protocol';
import { TOKEN_HEADER } from '@claude-optimizer/protocol';
import * as z from 'zod';
import { VERSION } from '../../version.js';
import type { Answer, Endpoint } from './endpoint.js';

type Json = { [key: string]: unknown };
type Side = 'input' | 'output';

/** Which way each schema is named by the protocol. */
const NAMES = new Map<unknown, string>(
  Object.entries(protocol)
    .filter(([, value]) => value instanceof z.ZodType)
    .map(([name, value]) => [value, name.replace(/Schema$/u, '')]),
);

/** All ways to ask the server as OpenAPI 3.1, made of the very schemas that the routes use. */
export function openApiDocument(endpoints: readonly Endpoint[]): Json {
  const schemas: Json = {};
  const refer = (schema: z.ZodType, side: Side): Json => {
    const name = NAMES.get(schema);
    if (name === undefined) return jsonSchema(schema, side);
    const key = side === 'input' ? `${name}-asked` : name;
    schemas[key] ??= jsonSchema(schema, side);
    return { $ref: `#/components/schemas/${key}` };
  };
  const paths: { [path: string]: Json } = {};
  for (const endpoint of endpoints) {
    const path = openPath(endpoint.path);
    paths[path] = { ...paths[path], [endpoint.method]: operation(endpoint, refer) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Claude Code Optimizer',
      version: VERSION,
      description: `Only this machine may ask. What changes something needs the header ${TOKEN_HEADER}, whose value GET /api/token answers and which is new with each start.`,
    },
    servers: [{ url: '/' }],
    tags: [...new Set(endpoints.map(({ group }) => group))].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: { token: { type: 'apiKey', in: 'header', name: TOKEN_HEADER } },
    },
  };
}

/** `/api/sessions/:id` as OpenAPI writes it: `/api/sessions/{id}`. */
export function openPath(path: string): string {
  return path.replace(/:(\w+)/gu, '{$1}');
}

function operation(
  { method, path, group, summary, query, body, answers, errors, needsToken }: Endpoint,
  refer: (schema: z.ZodType, side: Side) => Json,
): Json {
  const failed = { 'application/json': { schema: refer(protocol.errorBodySchema, 'output') } };
  const refusals = [400, 403, ...errors, 500].map((status): [string, Json] => [
    String(status),
    { description: REFUSALS[status] ?? 'An error.', content: failed },
  ]);
  const given = Object.entries(answers).map(([status, answer]): [string, Json] => [
    status,
    { description: summary, ...contentOf(answer, refer) },
  ]);
  return {
    operationId: operationId(method, path),
    tags: [group],
    summary,
    parameters: [...pathParameters(path), ...(query ? queryParameters(query) : [])],
    ...(body && {
      requestBody: { content: { 'application/json': { schema: refer(body, 'input') } } },
    }),
    responses: Object.fromEntries([...given, ...refusals]),
    ...(needsToken && { security: [{ token: [] }] }),
  };
}

const REFUSALS: Record<number, string> = {
  400: 'Something of what was asked is amiss; the answer says what.',
  403: 'The request comes from elsewhere, or has no valid token.',
  404: 'There is no such thing.',
  409: 'It isn’t so any more, or stands in the way.',
  413: 'The body is too large.',
  415: 'The body is of another type.',
  500: 'The server failed; its log says why.',
  502: 'The calendar can’t be reached.',
  503: 'It can’t be had now.',
};

function contentOf(answer: Answer, refer: (schema: z.ZodType, side: Side) => Json): Json {
  if (answer === null) return {};
  if (answer instanceof z.ZodType) {
    return { content: { 'application/json': { schema: refer(answer, 'output') } } };
  }
  return { content: Object.fromEntries(answer.types.map((type) => [type, {}])) };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/:(\w+)/gu)].map(([, name]) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
  }));
}

/** The fields of a query; what several values are written with is said by its schema. */
function queryParameters(query: z.ZodType): Json[] {
  const { properties = {}, required = [] } = jsonSchema(query, 'input') as {
    properties?: Json;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', required: required.includes(name), schema },
  }));
}

function jsonSchema(schema: z.ZodType, io: Side): Json {
  // What has no JSON (a transformed value) is anything there: it never stands in an answer.
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

function operationId(method: string, path: string): string {
  const words = path.split(/[/.]/u).filter((part) => part !== '' && part !== 'api');
  return [method, ...words.map((word) => word.replace(/^:/u, 'by-'))].join('-');
}
