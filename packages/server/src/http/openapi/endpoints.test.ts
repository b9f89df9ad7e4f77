import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Express } from 'express';
import { describe, expect, it } from 'vitest';
import { createApp, type AppSettings } from '../app.js';
import { DOCS_POLICY, docsPage } from './docs-page.js';
import { openApiDocument, openPath } from './document.js';
import { endpoints } from './endpoints.js';

type Layer = {
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
  match(path: string): { path: string } | null;
};

/** The app with every room of it; its routes are looked at, none is asked. */
function app(): Express {
  const nothing = {};
  return createApp({
    guard: () => null,
    dashboardDir: '/nowhere',
    ...{ stage: nothing, live: nothing, prices: nothing, loop: nothing, version: '0', token: '' },
    ...{ keeping: { archive: nothing, deletions: nothing }, clients: () => 0, log: nothing },
    onlyWithToken: (_request: unknown, _response: unknown, next: () => void) => {
      next();
    },
  } as unknown as AppSettings);
}

/** Each way that there is, as `get /api/sessions/:id`. */
function routesOf(stack: readonly Layer[], prefix: string): string[] {
  return stack.flatMap((layer) => {
    if (layer.route) {
      const { path, methods } = layer.route;
      const paths = Array.isArray(path) ? path : [path];
      const named = Object.keys(methods).filter((method) => method !== '_all');
      return paths.flatMap((one) => named.map((method) => `${method} ${prefix}${one}`));
    }
    if (!layer.handle.stack) return [];
    const below = layer.match('/api/of-any-kind')?.path ?? '';
    return routesOf(layer.handle.stack, prefix + below);
  });
}

/** Where something is prepared before a page of the dashboard is sent: no REST. */
const PAGES = ['get /sessions/:id'];

const routes = routesOf((app() as unknown as { router: { stack: Layer[] } }).router.stack, '');
const told = endpoints.map(({ method, path }) => `${method} ${path}`);

describe('the documentation of REST', () => {
  it('looks at real routes', () => {
    expect(routes.length).toBeGreaterThan(50);
    expect(routes).toContain('get /api/sessions/:id');
  });

  it('tells every route that there is', () => {
    expect(routes.filter((route) => !told.includes(route) && !PAGES.includes(route))).toEqual([]);
  });

  it('tells none that there isn’t, and none twice', () => {
    expect(told.filter((way) => !routes.includes(way))).toEqual([]);
    expect(told.filter((way, at) => told.indexOf(way) !== at)).toEqual([]);
  });

  it('has schemas that a strict validator takes', () => {
    const document = openApiDocument(endpoints) as { components: { schemas: object } };
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictTypes: false });
    addFormats.default(ajv);
    for (const schema of Object.values(document.components.schemas)) {
      expect(() => ajv.compile(schema as object)).not.toThrow();
    }
  });

  it('names each operation once, and every parameter of a path', () => {
    const { paths } = openApiDocument(endpoints) as {
      paths: Record<
        string,
        Record<string, { operationId: string; parameters: { in: string; name: string }[] }>
      >;
    };
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method } of endpoints) {
      const named = paths[openPath(path)]?.[method]?.parameters.filter((one) => one.in === 'path');
      expect(named?.map(({ name }) => `:${name}`)).toEqual(path.match(/:\w+/gu) ?? []);
    }
  });

  it('is a page that needs no script and nothing from elsewhere', () => {
    const page = docsPage(endpoints);
    expect(page).not.toMatch(/<script|src=|@import|url\(|https?:\/\//iu);
    expect(DOCS_POLICY).toContain("default-src 'none'");
    for (const { path } of endpoints) expect(page).toContain(path);
  });
});
