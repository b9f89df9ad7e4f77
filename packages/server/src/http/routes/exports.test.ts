import { request as httpRequest } from 'node:http';
import { exportPreviewSchema } from '@claude-optimizer/protocol';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Exporting } from '../../export/exporting.fixture.js';
import { OTHER, SESSION } from '../../transcripts/lines.fixture.js';
import { ServedStage } from '../serving.fixture.js';

let exporting: Exporting;
let served: ServedStage;
beforeAll(async () => {
  exporting = await Exporting.start();
  served = await new ServedStage().start();
  served.stage.own.exports = () => exporting.origin;
});
afterAll(async () => {
  await served.close();
  await exporting.close();
});

const ask = (path: string) => served.ask(path, { headers: { host: served.host } });

describe('GET /api/sessions/:id/export', () => {
  it('is a file to keep, with a safe name', async () => {
    const answer = await ask(`/api/sessions/${SESSION}/export?format=csv`);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="claude-session-aaaaaaaa-2026-01-06.csv"',
      'cache-control': 'no-store',
    });
    expect(answer.text.split('\r\n')).toHaveLength(3);
  });

  it.each([
    ['an unknown session', '/api/sessions/nobody/export?format=csv', 404, 'nobody'],
    ['no format', `/api/sessions/${SESSION}/export`, 400, 'format'],
    ['another format', `/api/sessions/${SESSION}/export?format=doc`, 400, 'format'],
    ['another redaction', `/api/sessions/${SESSION}/export?format=csv&redact=names`, 400, 'redact'],
    ['what no export has', `/api/sessions/export?format=csv&sessions=1`, 400, 'sessions'],
    ['a day amiss', '/api/sessions/export?format=csv&since=yesterday', 400, 'since'],
  ])('says what is wrong with %s', async (_what, path, status, word) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-disposition']).toBeUndefined();
    expect(answer.text).toContain(word);
  });
});

describe('/api/sessions/export', () => {
  it('takes ids or a filter', async () => {
    const lines = async (query: string) =>
      (await ask(`/api/sessions/export?format=csv&${query}`)).text.split('\r\n').length - 2;
    expect(await lines(`ids=${SESSION},${OTHER}`)).toBe(2);
    expect(await lines('model=claude-haiku-4-5')).toBe(1);
    expect(await lines('')).toBe(2);
  });

  it('takes more ids than an address holds by POST, with the token alone', async () => {
    const body = { format: 'csv', ids: [OTHER] };
    const without = await served.ask('/api/sessions/export', {
      method: 'POST',
      headers: { host: served.host, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(without.status).toBe(403);
    const answer = await served.post('/api/sessions/export', body);
    expect(answer.text).toContain(OTHER);
    expect(answer.text).not.toContain(SESSION);
  });

  it('says beforehand how much it will be', async () => {
    const answer = await ask('/api/sessions/export/preview?format=json');
    expect(exportPreviewSchema.parse(JSON.parse(answer.text))).toMatchObject({ sessions: 2 });
  });

  it('reads no further when whoever asked is gone', async () => {
    const { origin } = exporting;
    const reads = vi.fn((...asked: Parameters<typeof origin.reads.toolCallsOf>) =>
      origin.reads.toolCallsOf(...asked),
    );
    // Without end: only breaking off can end it.
    const endless = async (...asked: Parameters<typeof reads>) => {
      const calls = await reads(asked[0], asked[1], 0, asked[3]);
      const [first] = calls;
      if (!first) throw new Error('no call to repeat');
      return Array.from({ length: asked[3] }, (_, index) => ({ ...first, seq: index + 1 }));
    };
    served.stage.own.exports = () => ({
      ...origin,
      reads: { ...origin.reads, toolCallsOf: endless },
    });
    await new Promise<void>((resolve) => {
      const asking = httpRequest(
        {
          host: '127.0.0.1',
          port: served.running.port,
          path: '/api/sessions/export?format=csv&what=tools',
          headers: { host: served.host },
        },
        (response) => {
          response.once('data', () => {
            asking.destroy();
            resolve();
          });
        },
      );
      asking.on('error', () => undefined).end();
    });
    let before = -1;
    await vi.waitFor(
      () => {
        const now = reads.mock.calls.length;
        const still = now === before;
        before = now;
        expect(still).toBe(true);
      },
      { interval: 100 },
    );
    served.stage.own.exports = () => origin;
  });
});
