import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { modelTerms, setListedPrices, setPriceOverrides } from '@claude-optimizer/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadPrices } from './load-prices.js';
import { resetPrices, updatePrices } from './manage-prices.js';

let dataDir: string;
let server: Server | null = null;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'prices-'));
});
afterEach(async () => {
  await new Promise((done) => (server ? server.close(done) : done(null)));
  server = null;
  setListedPrices(null);
  setPriceOverrides({});
  rmSync(dataDir, { recursive: true, force: true });
});

async function serving(listener: RequestListener) {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((done) => started.listen(0, '127.0.0.1', done));
  const { port } = started.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}/data.json`, fetch };
}

const listing = (price: unknown, match: object = { equals: 'claude-new-9' }) =>
  JSON.stringify([
    {
      ...{ id: 'anthropic', name: 'Anthropic', api_pattern: 'x' },
      models: [{ id: 'claude-new-9', match, prices: { input_mtok: price, output_mtok: 20 } }],
    },
  ]);
const NOW = Date.UTC(2026, 10, 23);
const inputOf = (model: string) => modelTerms(model, NOW).rates?.base.input ?? null;

test('keeps what the source lists, asks again by its tag, and goes back', async () => {
  const asked: unknown[] = [];
  const source = await serving((request, response) => {
    asked.push(request.headers['if-none-match']);
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else response.setHeader('etag', '"1"').end(listing(4));
  });
  expect(inputOf('claude-new-9')).toBeNull();
  const { fresh } = await updatePrices(dataDir, { dryRun: false, now: NOW, source });
  expect(fresh).toMatchObject({ source: source.url, fetchedAt: NOW, etag: '"1"' });
  expect(loadPrices(dataDir).library?.etag).toBe('"1"');
  expect(inputOf('claude-new-9')).toBe(4);
  // Not in the new list any more: retired, with the price of its time.
  expect(inputOf('claude-opus-4-5')).toBe(5);
  expect((await updatePrices(dataDir, { dryRun: false, now: NOW, source })).fresh).toBeNull();
  expect(asked).toEqual([undefined, '"1"']);
  expect(resetPrices(dataDir)).toBe(true);
  loadPrices(dataDir);
  expect(inputOf('claude-new-9')).toBeNull();
  expect(inputOf('claude-opus-4-5')).toBe(5);
});

test('keeps nothing on a dry run', async () => {
  const source = await serving((_request, response) => response.end(listing(4)));
  await updatePrices(dataDir, { dryRun: true, now: NOW, source });
  expect(loadPrices(dataDir).library).toBeNull();
});

test.each([
  ['a negative price', listing(-1)],
  ['a pattern that could take for ever', listing(4, { regex: '(a+)+$' })],
  ['no JSON', '<html>'],
  ['too much', ' '.repeat(16_000_001)],
])('refuses %s and leaves what stood', async (_what, body) => {
  const source = await serving((_request, response) => response.end(body));
  const asking = updatePrices(dataDir, { dryRun: false, now: NOW, source });
  await expect(asking).rejects.toMatchObject({ code: 'internal' });
  expect(loadPrices(dataDir)).toEqual({ library: null, problem: null });
});

test('follows no redirect, and says when nobody answers', async () => {
  const source = await serving((_request, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
  });
  const options = { dryRun: false, now: NOW };
  await expect(updatePrices(dataDir, { ...options, source })).rejects.toThrow(/gives no prices/u);
  const nobody = { url: 'http://127.0.0.1:9/', fetch };
  await expect(updatePrices(dataDir, { ...options, source: nobody })).rejects.toThrow(
    /gives no prices/u,
  );
});

test('ignores a file that is damaged, and says so', () => {
  writeFileSync(path.join(dataDir, 'prices.json'), '{"source":');
  const { library, problem } = loadPrices(dataDir);
  expect(library).toBeNull();
  expect(problem).toContain('prices.json');
  expect(inputOf('claude-opus-4-5')).toBe(5);
});
