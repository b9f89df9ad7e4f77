import { pipeline } from 'node:stream/promises';
import {
  exportQuerySchema,
  exportRequestSchema,
  sessionExportQuerySchema,
  type ExportRequest,
} from '@claude-optimizer/protocol';
import { json, Router, type Response } from 'express';
import { openExport } from '../../export/open-export.js';
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
    const opened = await openExport(origin(), request);
    response.set({
      'Content-Type': opened.contentType,
      'Content-Disposition': `attachment; filename="${opened.fileName}"`,
    });
    await sent(response, opened.pieces);
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
    .get(async (request, response) => {
      const query = exportQuerySchema.parse(request.query);
      response.json(await previewExport(origin(), query));
    })
    .post(onlyWithToken, json({ limit: LIMIT }), async (request, response) => {
      const body = exportRequestSchema.parse(request.body ?? {});
      response.json(await previewExport(origin(), body));
    })
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

/** Whoever breaks off ends the reading with it; a failure on the way cuts the connection. */
async function sent(response: Response, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await pipeline(pieces, response);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
