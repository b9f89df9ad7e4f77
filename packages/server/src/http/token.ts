import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { OptimizerError, TOKEN_HEADER } from '@claude-optimizer/protocol';
import type { RequestHandler } from 'express';

/** A secret of this start that our own page can read and another site's can't. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Lets only those change something that know the token. */
export function requireToken(token: string): RequestHandler {
  const expected = digest(token);
  return (request, _response, next) => {
    // Digests have one length, and comparing them tells nothing about the token.
    if (timingSafeEqual(digest(request.get(TOKEN_HEADER) ?? ''), expected)) next();
    else {
      throw new OptimizerError('forbidden', `The header ${TOKEN_HEADER} has no valid token.`, {
        fix: 'Read the token of this start from GET /api/token; in a page, reload it.',
      });
    }
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
