import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { listenOnLoopback } from '../support/listen.js';
import { type Reply, streamOf } from './reply.js';

/** A conversation known by words of its first user message; answered reply by reply. */
export type Thread = { opensWith: string; replies: Reply[] };

/** What the stand-in says. `paceMs` lies between two blocks of a response. */
export type Scenario = { threads: Thread[]; paceMs?: number };

/** A request as the client made it, for assertions and for finding out why a test fails. */
export type SeenRequest = {
  model: string;
  thread: string | null;
  turn: number;
  tools: string[];
  /** All that isn't the model's own so far, as JSON: the client hands some on as the system. */
  said: string;
};

export type ModelStandIn = { url: string; requests: SeenRequest[]; close: () => Promise<void> };

const content = z.union([
  z.string(),
  z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
]);
const requestSchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content })),
  tools: z.array(z.looseObject({ name: z.string().optional() })).optional(),
});

/** Starts a loopback stand-in of the model API that plays `scenario` to any number of sessions. */
export async function startModelStandIn(scenario: Scenario): Promise<ModelStandIn> {
  const requests: SeenRequest[] = [];
  const refusals = new Map<Reply, number>();
  let serial = 0;

  const server = http.createServer((request, response) => {
    answer(request, response).catch((cause: unknown) => {
      response.destroy(cause instanceof Error ? cause : undefined);
    });
  });

  async function answer(request: http.IncomingMessage, response: http.ServerResponse) {
    if (request.method !== 'POST' || !request.url?.startsWith('/v1/messages?')) {
      refuse(response, 404);
      return;
    }
    const asked = requestSchema.parse(JSON.parse(await textOf(request)));
    const opening = JSON.stringify(asked.messages.find(({ role }) => role === 'user')?.content);
    const thread = scenario.threads.find(({ opensWith }) => opening.includes(opensWith));
    const turn = asked.messages.filter(({ role }) => role === 'assistant').length;
    requests.push({
      model: asked.model,
      thread: thread?.opensWith ?? null,
      turn,
      tools: (asked.tools ?? []).map(({ name }) => name ?? ''),
      said: JSON.stringify(asked.messages.filter(({ role }) => role !== 'assistant')),
    });
    const reply = thread?.replies[turn];
    if (!reply) {
      refuse(response, 400);
      return;
    }
    const refused = refusals.get(reply) ?? 0;
    if (reply.refuse && refused < reply.refuse.times) {
      refusals.set(reply, refused + 1);
      refuse(response, reply.refuse.status, reply.refuse);
      return;
    }
    if (reply.silent) return;
    serial += 1;
    await stream(response, reply, asked.model, String(serial).padStart(6, '0'));
  }

  async function stream(
    response: http.ServerResponse,
    reply: Reply,
    model: string,
    suffix: string,
  ): Promise<void> {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
      'request-id': `req_standin${suffix}`,
      ...reply.headers,
    });
    const names = {
      messageId: `msg_standin${suffix}`,
      model,
      toolUseId: (index: number) => `toolu_standin${suffix}${index}`,
    };
    for (const { event, payload } of streamOf(reply, names)) {
      response.write(`event: ${event}\ndata: ${JSON.stringify(payload)}\n\n`);
      if (event === 'content_block_stop') await sleep(scenario.paceMs ?? 0);
    }
    if (!reply.endless) response.end();
  }

  const { url, close } = await listenOnLoopback(server);
  return { url, requests, close };
}

const ERROR_TYPES = new Map([
  [400, 'invalid_request_error'],
  [401, 'authentication_error'],
  [404, 'not_found_error'],
  [429, 'rate_limit_error'],
  [529, 'overloaded_error'],
]);

function refuse(
  response: http.ServerResponse,
  status: number,
  { message, headers = {} }: Partial<NonNullable<Reply['refuse']>> = {},
): void {
  const type = ERROR_TYPES.get(status) ?? 'api_error';
  const own = { 'content-type': 'application/json', 'request-id': 'req_refused' };
  response.writeHead(status, { ...own, ...headers });
  const error = { type, message: message ?? `Refused (${type})` };
  response.end(JSON.stringify({ type: 'error', error }));
}

async function textOf(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
