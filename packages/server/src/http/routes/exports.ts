import { pipeline } from 'node:stream/promises';
import {
  exportQuerySchema,
  exportRequestSchema,
  sessionExportQuerySchema,
  type ExportRequest,
} from '@claude-optimizer/protocol';
import { json, Router, type Response } from 'express';
import { openExport, type OpenExport } from '../../export/open-export.js';
import { previewExport } from '../../export/preview-export.js';
import { exportJsonSchema } from '../../export/export-schema.js';
import { allowOnly } from '../errors.js';
import type { Services } from '../services.js';

/** Room for as many ids as may be asked for at once. */
const LIMIT = '1mb';

/** Sessions to take along: one, any selection, how large it would be, and the shape of the JSON. */
export function exportRoutes({ stage, onlyWithToken }: Services): Router {
  const router = Router();
  const origin = () => ({
    ...stage.current().exports(),
    conversations: () => stage.conversations(),
  });
  const send = async (response: Response, request: ExportRequest) => {
    const signal = untilGone(response);
    const opened = await openExport(origin(), request, { signal });
    await sent(response, opened, signal);
  };
  const preview = async (response: Response, request: ExportRequest) => {
    const signal = untilGone(response);
    try {
      response.json(await previewExport(origin(), request, signal));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  };
  router
    .route('/sessions/export')
    .get((request, response) => send(response, exportQuerySchema.parse(request.query)))
    .post(onlyWithToken, json({ limit: LIMIT }), (request, response) =>
      send(response, exportRequestSchema.parse(request.body ?? {})),
    )
    .all(allowOnly('GET', 'POST'));
  router
    .route('/sessions/export/preview')
    .get((request, response) => preview(response, exportQuerySchema.parse(request.query)))
    .post(onlyWithToken, json({ limit: LIMIT }), (request, response) =>
      preview(response, exportRequestSchema.parse(request.body ?? {})),
    )
    .all(allowOnly('GET', 'POST'));
  router
    .route('/sessions/:id/export')
    .get((request, response) => {
      const query = sessionExportQuerySchema.parse(request.query);
      return send(response, { ...query, ids: [request.params.id] });
    })
    .all(allowOnly('GET'));
  router
    .route('/schemas/export.json')
    .get((_request, response) => {
      response.type('application/schema+json').send(JSON.stringify(exportJsonSchema(), null, 2));
    })
    .all(allowOnly('GET'));
  return router;
}

/**
 * What fails before its first piece is an answer like any other; a failure on the way cuts the
 * connection, so that no half of a file is taken for a whole. Whoever breaks off ends the reading.
 */
async function sent(response: Response, opened: OpenExport, signal: AbortSignal): Promise<void> {
  try {
    const pieces = opened.pieces[Symbol.asyncIterator]();
    const first = await pieces.next();
    response.set({
      'Content-Type': opened.contentType,
      'Content-Disposition': `attachment; filename="${opened.fileName}"`,
    });
    await pipeline(rejoined(first, pieces), response);
  } catch (error) {
    if (!signal.aborted && !isGone(error)) throw error;
  }
}

async function* rejoined<T>(first: IteratorResult<T>, rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    for (let one = first; !one.done; one = await rest.next()) yield one.value;
  } finally {
    await rest.return?.();
  }
}

/** Ends when the connection does before the answer. */
function untilGone(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
