import { OptimizerError } from '@claude-optimizer/protocol';
import type { RequestHandler, Response } from 'express';
import { DashboardFiles } from './dashboard-files.js';
import type { ExportedFile } from './exported-file.js';
import { NOT_BUILT_PAGE } from './not-built-page.js';

/**
 * Serves the exported dashboard from `dir`, which may be built or rebuilt at any time; `onPage` is
 * called when a page is asked for.
 */
export function serveDashboard(dir: string, onPage?: () => void): RequestHandler {
  const files = new DashboardFiles(dir);
  return async (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      next();
      return;
    }
    const accepted = request.acceptsEncodings();
    const file = files.find(decode(request.path));
    if (file?.extension === '.html') onPage?.();
    if (file) await send(response, file, accepted);
    else if (!files.isBuilt) sendNotBuilt(response);
    else if (files.notFound) await send(response.status(404), files.notFound, accepted);
    else next();
  };
}

async function send(
  response: Response,
  file: ExportedFile,
  accepted: readonly string[],
): Promise<void> {
  const encoding = file.encodingFor(accepted);
  response.set(file.headers).type(file.extension);
  if (encoding !== 'identity') response.set('Content-Encoding', encoding);
  // Answers 304 by itself when the browser has it.
  response.send(await file.body(encoding));
}

function sendNotBuilt(response: Response): void {
  response.status(503).format({
    html: () =>
      response
        .set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
        .send(NOT_BUILT_PAGE),
    default: () => {
      const error = new OptimizerError('not_found', 'The dashboard has not been built.', {
        fix: 'Run `npm run build` and reload.',
      });
      response.json(error.toBody());
    },
  });
}

function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch (cause) {
    throw new OptimizerError('bad_request', 'The address is not encoded as UTF-8.', {
      fix: 'Correct the percent signs in it.',
      cause,
    });
  }
}
