import { OptimizerError } from '@claude-optimizer/protocol';
import { Router } from 'express';
import { allowOnly } from '../errors.js';
import type { DeletionService, Services } from '../services.js';

/** Deleting the person's own sessions here, taking that back, and leaving some out of lists. */
export function deletionRoutes({
  stage,
  deletions,
  onlyWithToken,
}: Pick<Services, 'stage' | 'onlyWithToken'> & { deletions: DeletionService }): Router {
  const router = Router();
  const notInDemo = () => {
    if (!stage.demo().running) return;
    throw new OptimizerError(
      'conflict',
      'A demo is shown: its sessions can’t be deleted or hidden.',
      {
        fix: 'End the demo first. It leaves nothing behind.',
      },
    );
  };
  router
    .route('/sessions/:id/delete')
    .post(onlyWithToken, async ({ params: { id } }, response) => {
      notInDemo();
      response.json((await deletions.delete(id)) ?? unknown(id));
    })
    .all(allowOnly('POST'));
  router
    .route('/sessions/:id/undelete')
    .post(onlyWithToken, async ({ params: { id } }, response) => {
      notInDemo();
      await deletions.undelete(id);
      response.status(204).end();
    })
    .all(allowOnly('POST'));
  for (const verb of ['hide', 'unhide'] as const) {
    router
      .route(`/sessions/:id/${verb}`)
      .post(onlyWithToken, async (request, response) => {
        notInDemo();
        const { id } = request.params;
        if (!(await deletions.hide(id, verb === 'hide'))) unknown(id);
        response.status(204).end();
      })
      .all(allowOnly('POST'));
  }
  return router;
}

function unknown(id: string): never {
  throw new OptimizerError('not_found', `There is no session ${JSON.stringify(id)}.`, {
    fix: 'GET /api/sessions lists those that there are.',
  });
}
