import { pruneBodySchema } from '@claude-optimizer/protocol';
import { json, Router } from 'express';
import { allowOnly } from '../errors.js';
import type { ArchiveService, Services } from '../services.js';

/** The transcripts that are kept: how many, and giving some up. */
export function archiveRoutes({
  archive,
  onlyWithToken,
}: Pick<Services, 'onlyWithToken'> & { archive: ArchiveService }): Router {
  const router = Router();
  router
    .route('/archive')
    .get(async (_request, response) => {
      response.json(await archive.status());
    })
    .all(allowOnly('GET'));
  router
    .route('/archive/prune')
    .post(onlyWithToken, json(), async (request, response) => {
      response.json(await archive.prune(pruneBodySchema.parse(request.body)));
    })
    .all(allowOnly('POST'));
  return router;
}
