import { Router } from 'express';
import { allowOnly } from '../errors.js';

/** The documentation of REST: for programs, and to read. Loaded when somebody asks for it. */
export function docsRoutes(): Router {
  const router = Router();
  const load = async () => {
    const [{ endpoints }, { openApiDocument }, page] = await Promise.all([
      import('../openapi/endpoints.js'),
      import('../openapi/document.js'),
      import('../openapi/docs-page.js'),
    ]);
    return { endpoints, openApiDocument, ...page };
  };
  router
    .route('/openapi.json')
    .get(async (_request, response) => {
      const { endpoints, openApiDocument } = await load();
      response.json(openApiDocument(endpoints));
    })
    .all(allowOnly('GET'));
  router
    .route('/docs')
    .get(async (_request, response) => {
      const { endpoints, docsPage, DOCS_POLICY } = await load();
      response.set('Content-Security-Policy', DOCS_POLICY).type('html').send(docsPage(endpoints));
    })
    .all(allowOnly('GET'));
  return router;
}
