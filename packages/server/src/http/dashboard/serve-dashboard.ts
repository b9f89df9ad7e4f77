import { firstFigures } from '@claude-optimizer/core/live';
import { OptimizerError } from '@claude-optimizer/protocol';
import type { RequestHandler, Response } from 'express';
import type { Stage } from '../../history.js';
import type { Log } from '../../log.js';
import { firstSnapshot } from '../first-snapshot.js';
import { DashboardFiles } from './dashboard-files.js';
import type { ExportedFile } from './exported-file.js';
import { escapeText, type FigurePlaces } from './figure-places.js';
import { NOT_BUILT_PAGE } from './not-built-page.js';

type Serving = {
  /** Whose figures the first page has. */
  stage: Stage;
  /** Called when a page is asked for. */
  onPage: (() => void) | undefined;
  log: Log;
};

/**
 * Serves the exported dashboard from `dir`, which may be built or rebuilt at any time. The first
 * page has today's figures in it: they are there with the first paint, before any script.
 */
export function serveDashboard(dir: string, { stage, onPage, log }: Serving): RequestHandler {
  const figures = async () => {
    try {
      return firstFigures(await firstSnapshot(stage));
    } catch (error) {
      log.error({ err: error }, 'the page is sent without figures');
      return {};
    }
  };
  const files = new DashboardFiles(dir);
  return async (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      next();
      return;
    }
    const accepted = request.acceptsEncodings();
    const file = files.find(decode(request.path));
    if (file?.extension === '.html') onPage?.();
    const places = request.method === 'GET' ? file?.places : null;
    if (file && places) await sendFilled(response, file.headers, places, figures);
    else if (file) await send(response, file, accepted);
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

/** Begins at once: what is around the figures is loaded while they are being read. */
async function sendFilled(
  response: Response,
  headers: ExportedFile['headers'],
  places: FigurePlaces,
  figures: () => Promise<Partial<Record<string, string>>>,
): Promise<void> {
  const { ETag: _ofTheFile, ...own } = headers;
  response.set(own).type('.html');
  const [before = '', ...texts] = places.texts;
  response.write(before);
  const told = await figures();
  const rest = texts.map((text, at) => escapeText(told[places.names[at] ?? ''] ?? '') + text);
  response.end(rest.join(''));
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
