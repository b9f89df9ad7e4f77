import { hookSchema } from '@claude-optimizer/protocol';
import { Router } from 'express';
import { answerHook } from '../../hooks/answer-hook.js';
import { takeHook } from '../../hooks/hooks.js';
import { allowOnly } from '../errors.js';
import type { Log } from '../../log.js';
import { onlyJson } from '../only-json.js';
import type { Services } from '../services.js';

/** A tool's whole result comes along: a file that was read, a page that was fetched. */
const LIMIT = 16 * 1024 * 1024;
const HELP = 'Send it as application/json, as the HTTP hooks of Claude Code do.';

type Needs = Pick<Services, 'live' | 'loop'> & { log: Log };

/** Takes Claude Code's hooks and answers at once, or when the person has. */
export function hookRoutes({ live, loop, log }: Needs): Router {
  const router = Router();
  router
    .route('/api/hooks')
    .post(...onlyJson(LIMIT, HELP), (request, response) => {
      const hook = hookSchema.parse(request.body ?? {});
      answerHook(response, hook, loop?.guard.judge ?? null, log);
      takeHook(live, hook);
    })
    .all(allowOnly('POST'));
  return router;
}
