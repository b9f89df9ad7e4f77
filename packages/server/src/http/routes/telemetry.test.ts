import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ServedStage } from '../serving.fixture.js';

type Value = string | number | boolean;

const record = (name: string, attributes: Record<string, Value>) => ({
  timeUnixNano: '1795446827514000000',
  body: { stringValue: `claude_code.${name}` },
  attributes: Object.entries({ 'event.name': name, 'session.id': 'abc', ...attributes }).map(
    ([key, value]) => ({ key, value: valueOf(value) }),
  ),
});

function valueOf(value: Value) {
  if (typeof value === 'string') return { stringValue: value };
  return typeof value === 'boolean' ? { boolValue: value } : { intValue: value };
}

const logs = (...logRecords: unknown[]) =>
  JSON.stringify({ resourceLogs: [{ resource: {}, scopeLogs: [{ scope: {}, logRecords }] }] });

const REQUEST = {
  model: 'claude-sonnet-5-5',
  request_id: 'req_1',
  input_tokens: 3,
  output_tokens: 211,
  cache_read_tokens: 7,
  cache_creation_tokens: 4_019,
  cache_creation_5m_tokens: 4_006,
  cache_creation_1h_tokens: 13,
  cost_usd_micros: 12_183,
};
const READ = {
  sessionId: 'abc',
  requestId: 'req_1',
  model: 'claude-sonnet-5-5',
  at: 1_795_446_827_514,
  inputTokens: 3,
  outputTokens: 211,
  cacheWrite5mTokens: 4_006,
  cacheWrite1hTokens: 13,
  cacheReadTokens: 7,
  costMicrodollars: 12_183,
};

describe('OpenTelemetry', () => {
  let served: ServedStage;
  beforeEach(async () => {
    served = await new ServedStage().start();
  });
  afterEach(() => served.close());

  const send = (to: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    served.ask(to, {
      method: 'POST',
      headers: { host: served.host, 'content-type': 'application/json', ...headers },
      body,
    });

  it("keeps the client's own count of a request, whether numbers come as numbers or as text", async () => {
    const asText = Object.fromEntries(
      Object.entries(REQUEST).map(([key, value]) => [key, String(value)]),
    );
    for (const attributes of [REQUEST, asText]) {
      const answer = await send('/v1/logs', logs(record('api_request', attributes)));
      expect([answer.status, answer.text]).toEqual([200, '{}']);
    }
    expect(served.requested).toEqual([READ, READ]);
  });

  it('takes dollars where there are no micro-dollars, and leaves out a request without cost', async () => {
    const { cost_usd_micros: _micros, ...rest } = REQUEST;
    const inDollars = record('api_request', { ...rest, cost_usd: '0.012204000000000001' });
    await send('/v1/logs', logs(inDollars, record('api_request', rest)));
    expect(served.requested.map(({ costMicrodollars }) => costMicrodollars)).toEqual([12_204]);
  });

  it('undoes gzip', async () => {
    const body = gzipSync(logs(record('api_request', REQUEST)));
    expect((await send('/v1/logs', body, { 'content-encoding': 'gzip' })).status).toBe(200);
    expect(served.requested).toEqual([READ]);
  });

  it('makes tools visible, but claims nothing of how a call failed', async () => {
    const call = { tool_name: 'Bash', tool_use_id: 'toolu_1' };
    const input = { tool_input: '{"command":"npm test"}' };
    const done = record('tool_result', { ...call, ...input, success: 'true', duration_ms: '71' });
    const failed = record('tool_result', { ...call, tool_use_id: 'toolu_2', success: 'false' });
    await send(
      '/v1/logs',
      logs(record('tool_decision', { ...call, decision: 'accept' }), done, failed),
    );
    await vi.waitFor(() => {
      expect(served.heard.flat()).toHaveLength(2);
    });
    const said = served.heard.flat().flatMap((heard) => heard.said);
    expect(said.filter(({ kind }) => kind === 'tool' || kind === 'answered')).toMatchObject([
      { kind: 'tool', phase: 'start', toolUseId: 'toolu_1' },
      { kind: 'answered', toolUseId: 'toolu_1' },
      { kind: 'tool', phase: 'end', label: 'npm test', outcome: 'ok', durationMs: 71 },
    ]);
  });

  it('acknowledges metrics and what it does not know', async () => {
    const metrics = JSON.stringify({ resourceMetrics: [{ scopeMetrics: [] }] });
    expect((await send('/v1/metrics', metrics)).status).toBe(200);
    expect((await send('/v1/logs', logs(record('brand_new', {}), { odd: 1 }))).status).toBe(200);
    expect(served.requested).toEqual([]);
  });

  it.each(['/v1/logs', '/v1/metrics'])(
    'answers protobuf at %s with 415 and what to set',
    async (to) => {
      const answer = await send(to, 'xx', { 'content-type': 'application/x-protobuf' });
      expect(answer.status).toBe(415);
      expect(answer.text).toContain('OTEL_EXPORTER_OTLP_PROTOCOL=http/json');
    },
  );

  it('refuses other pages and bodies that are no export', async () => {
    const body = logs(record('api_request', REQUEST));
    expect((await send('/v1/logs', body, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await send('/v1/logs', '{"resourceLogs":7}')).status).toBe(400);
    expect(served.requested).toEqual([]);
  });
});
