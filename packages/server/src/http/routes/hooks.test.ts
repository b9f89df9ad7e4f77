import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ServedStage } from '../serving.fixture.js';

const JSON_TYPE = 'application/json';
const HOOK = {
  session_id: 'abc',
  hook_event_name: 'PreToolUse',
  cwd: '/work/shop',
  tool_name: 'Bash',
  tool_input: { command: 'npm test' },
  tool_use_id: 'toolu_1',
  effort: { level: 'high' },
};

describe('POST /api/hooks', () => {
  let served: ServedStage;
  beforeEach(async () => {
    served = await new ServedStage().start();
  });
  afterEach(() => served.close());

  const send = (body: string, headers: Record<string, string> = {}) =>
    served.ask('/api/hooks', {
      method: 'POST',
      headers: { host: served.host, 'content-type': JSON_TYPE, ...headers },
      body,
    });
  const code = (text: string) => (JSON.parse(text) as { error: { code: string } }).error.code;

  it('answers {} before anything is stored, and passes on what the hook says', async () => {
    served.hear = () => new Promise(() => undefined);
    const answer = await send(JSON.stringify(HOOK));
    expect([answer.status, answer.text]).toEqual([200, '{}']);
  });

  it('puts hooks that come together into one commit, in their order', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `toolu_${String(index)}`);
    await Promise.all(ids.map((id) => send(JSON.stringify({ ...HOOK, tool_use_id: id }))));
    await vi.waitFor(() => {
      expect(served.heard.flat()).toHaveLength(40);
    });
    expect(served.heard.length).toBeLessThan(40);
    const started = served.heard
      .flat()
      .flatMap(({ said }) => said.flatMap((one) => (one.kind === 'tool' ? one.toolUseId : [])));
    expect([...started].sort()).toEqual([...ids].sort());
  });

  it('takes hooks that it does not know, and fields of other types as absent', async () => {
    const odd = { ...HOOK, hook_event_name: 'BrandNewHook', cwd: 7, tool_input: 'x' };
    expect((await send(JSON.stringify(odd))).status).toBe(200);
    const sparse = { ...HOOK, tool_input: null, duration_ms: 'soon', prompt: [] };
    expect((await send(JSON.stringify(sparse))).status).toBe(200);
  });

  it.each([
    ['no JSON', '{"session_id":', 400],
    ['no session', '{"hook_event_name":"Stop"}', 400],
    ['a list', '[]', 400],
    ['nothing', '', 400],
  ])('refuses %s', async (_what, body, status) => {
    const answer = await send(body);
    expect([answer.status, code(answer.text)]).toEqual([status, 'bad_request']);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'refuses what a form of another page may send: %s',
    async (type) => {
      const answer = await send(JSON.stringify(HOOK), { 'content-type': type });
      expect(answer.status).toBe(415);
      expect(answer.text).toContain('application/json');
      expect(served.heard).toEqual([]);
    },
  );

  it('refuses a page of another origin and another host', async () => {
    const body = JSON.stringify(HOOK);
    expect((await send(body, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await send(body, { origin: 'null' })).status).toBe(403);
    expect((await send(body, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send(body, { host: 'evil.example' })).status).toBe(403);
    expect(served.heard).toEqual([]);
  });

  it('answers a body that is too large with 413 and what to do', async () => {
    const answer = await send(JSON.stringify({ ...HOOK, tool_response: 'x'.repeat(17 * 2 ** 20) }));
    expect(answer.status).toBe(413);
    expect(answer.text).toContain('16 MB');
    const bomb = gzipSync(Buffer.alloc(17 * 2 ** 20, ' '));
    const unpacked = await served.ask('/api/hooks', {
      method: 'POST',
      headers: { host: served.host, 'content-type': JSON_TYPE, 'content-encoding': 'gzip' },
      body: bomb,
    });
    expect(unpacked.status).toBe(413);
  });

  it('takes POST alone', async () => {
    const answer = await served.ask('/api/hooks', { headers: { host: served.host } });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
  });
});
