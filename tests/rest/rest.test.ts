import fs from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { newSession, reply, watch } from '../indexing/watched.js';
import { cli } from '../archive/kept.js';
import { undoAfter } from '../support/cleanup.js';

const defer = undoAfter('each');

type Operation = {
  parameters: { in: string; required: boolean }[];
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: object };
};

/** Answers that need more than a session: another program, or something that was found before. */
const NOT_ASKED = new Set(['/feed/{file}', '/api/runs/{id}', '/api/calendars/logins/{id}']);
const NEED_MORE = /\{toolUseId\}|\/conversation\/(?:picture|passage|at|raw)$/u;
const QUERIES: Record<string, string> = {
  '/api/sessions/{id}/export': '?format=json',
  '/api/sessions/export': '?format=csv',
  '/api/sessions/export/preview': '?format=csv',
  '/api/schedule': '?from=2026-01-01&to=2026-01-05',
  '/api/sessions/{id}/conversation/find': '?q=Begin',
  '/api/search': '?q=Begin',
};

async function session() {
  const watched = await watch(defer);
  const { id, file, transcript } = newSession(watched.project);
  fs.writeFileSync(file, transcript.prompt('Begin, "quoted"') + reply(transcript, 7));
  await watched.responses(id, 1);
  return { ...watched, id };
}

it('answers as its documentation says', async () => {
  const { daemon, id } = await session();
  const document = (await (await fetch(`${daemon.url}/api/openapi.json`)).json()) as Document;
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictTypes: false });
  addFormats.default(ajv);
  ajv.addKeyword('components');
  const wrong: string[] = [];
  let asked = 0;
  for (const [path, { get }] of Object.entries(document.paths)) {
    if (!get || NOT_ASKED.has(path) || NEED_MORE.test(path)) continue;
    const response = await fetch(daemon.url + path.replace('{id}', id) + (QUERIES[path] ?? ''));
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    const told = get.responses[String(response.status)]?.content;
    const text = await response.text();
    // The feed's address wants the token, and tells so as documented.
    if (!response.ok && path !== '/api/feed') wrong.push(`${path}: ${text}`);
    if (!told || !(type in told)) {
      wrong.push(`${path}: ${String(response.status)} ${type}`);
      continue;
    }
    const { schema } = told[type] ?? {};
    asked += 1;
    if (!schema) continue;
    const validate = ajv.compile({ ...schema, components: document.components });
    if (!validate(JSON.parse(text))) wrong.push(`${path}: ${ajv.errorsText(validate.errors)}`);
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(15);
});

it('exports the same by command, with the daemon and without it, as over REST', async () => {
  const { daemon, id, claudeDir, dataDir } = await session();
  const folders = { claudeDir, dataDir };
  const response = await fetch(`${daemon.url}/api/sessions/${id}/export?format=csv`);
  const overRest = await response.text();
  expect(parse(overRest, { columns: true })).toMatchObject([
    { session_id: id, title: 'Begin, "quoted"', output_tokens: '7' },
  ]);
  const command = () => cli(folders, 'export', id.slice(0, 8), '--format', 'csv');
  expect(await command()).toBe(overRest);
  await daemon.stop();
  expect(await command()).toBe(overRest);
  const pdf = `${dataDir}/report.pdf`;
  await cli(folders, 'export', id, '-o', pdf);
  expect(fs.readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
});
