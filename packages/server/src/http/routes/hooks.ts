import { hookSchema } from '@claude-optimizer/protocol';
import { Router } from 'express';
import { takeHook } from '../../hooks/hooks.js';
import { allowOnly } from '../errors.js';
import { onlyJson } from '../only-json.js';
import type { Services } from '../services.js';

/** A tool's whole result comes along: a file that was read, a page that was fetched. */
const LIMIT = 16 * 1024 * 1024;
const HELP = 'Send it as application/json, as the HTTP hooks of Claude Code do.';

/** Takes Claude Code's hooks and answers at once: nothing to decide, go on. */
export function hookRoutes({ live }: Services): Router {
  const router = Router();
  router
    .route('/api/hooks')
    .post(...onlyJson(LIMIT, HELP), (request, response) => {
      const hook = hookSchema.parse(request.body ?? {});
      response.json({});
      takeHook(live, hook);
    })
    .all(allowOnly('POST'));
  return router;
}
