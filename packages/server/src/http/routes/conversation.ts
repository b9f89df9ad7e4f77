import {
  BEGINNING,
  conversationQuerySchema,
  findQuerySchema,
  locateQuerySchema,
  OptimizerError,
  passageQuerySchema,
  passagesQuerySchema,
  pictureQuerySchema,
  rawQuerySchema,
} from '@claude-optimizer/protocol';
import { Router, type RequestHandler } from 'express';
import type { Conversations } from '../../conversation/conversations.js';
import { allowOnly } from '../errors.js';
import type { Services } from '../services.js';

/**
 * Whoever opens a session's page may read its conversation next: its outline is made when the page
 * is there (`isOver`), and its beginning at once where the address names it.
 */
export function prepareConversation(
  { stage }: Pick<Services, 'stage'>,
  isOver: () => Promise<void>,
): Router {
  const router = Router();
  const prepare: RequestHandler<{ id: string }> = (request, response, next) => {
    const { id } = request.params;
    if (request.method === 'GET' && /^[\w-]{1,80}$/u.test(id)) {
      const isNamed = request.query['tab'] === 'conversation';
      // What was asked for comes first.
      response.once('finish', () => {
        if (isNamed) void stage.conversations()?.prepare(id, BEGINNING);
        else void isOver().then(() => stage.conversations()?.prepare(id));
      });
    }
    next();
  };
  router.get('/sessions/:id', prepare);
  return router;
}

/** The readable conversation of a session: its outline, its passages, and what is found in it. */
export function conversationRoutes({ stage }: Pick<Services, 'stage'>): Router {
  const router = Router();
  const on = (): Conversations => {
    const conversations = stage.conversations();
    if (conversations) return conversations;
    throw new OptimizerError('not_found', 'There are no transcripts to be read.', {
      fix: 'Start the server with a data folder.',
    });
  };
  const base = '/sessions/:id/conversation';
  router.get(base, async ({ params: { id }, query }, response) => {
    const { thread, since, enough } = conversationQuerySchema.parse(query);
    const asked = {
      ...(since !== undefined && { since }),
      ...(enough !== undefined && { enough }),
    };
    response.json(await on().outline(id, { thread, ...asked }));
  });
  router.get(`${base}/passages`, async ({ params: { id }, query }, response) => {
    response.json(await on().passages(id, passagesQuerySchema.parse(query)));
  });
  router.get(`${base}/passage`, async ({ params: { id }, query }, response) => {
    response.json({ passage: await on().passage(id, passageQuerySchema.parse(query)) });
  });
  router.get(`${base}/raw`, async ({ params: { id }, query }, response) => {
    response.json(await on().raw(id, rawQuerySchema.parse(query)));
  });
  router.get(`${base}/picture`, async ({ params: { id }, query }, response) => {
    const { mediaType, bytes } = await on().picture(id, pictureQuerySchema.parse(query));
    // Opened by itself it must not be more than a picture either.
    response.set('Content-Security-Policy', "default-src 'none'; sandbox; frame-ancestors 'none'");
    response.type(mediaType).send(bytes);
  });
  router.get(`${base}/find`, async (request, response) => {
    const { q } = findQuerySchema.parse(request.query);
    const left = new AbortController();
    response.on('close', () => {
      left.abort();
    });
    response.json(await on().find(request.params.id, q, left.signal));
  });
  router.get(`${base}/at`, async ({ params: { id }, query }, response) => {
    const { record, tool } = locateQuerySchema.parse(query);
    const what = { ...(record !== undefined && { record }), ...(tool !== undefined && { tool }) };
    response.json(await on().locate(id, what));
  });
  router.get('/sessions/:id/tools/:toolUseId', async ({ params }, response) => {
    response.json(await on().toolUse(params.id, params.toolUseId));
  });
  const paths = ['', '/passages', '/passage', '/raw', '/picture', '/find', '/at'];
  router.all(
    [...paths.map((path) => base + path), '/sessions/:id/tools/:toolUseId'],
    allowOnly('GET'),
  );
  return router;
}
