import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TOKEN_HEADER, type AskAnswer } from '@claude-optimizer/protocol';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askOfTool } from '../../asks/ask-of-tool.js';
import { Asks } from '../../asks/asks.js';
import { Announcer } from '../../feed/announcer.js';
import { createLog } from '../../log.js';
import { Notices } from '../../notices/notices.js';
import { answerErrors } from '../errors.js';
import { requireToken } from '../token.js';
import { askRoutes } from './asks.js';
import { noticeRoutes } from './notices.js';

const TOKEN = 'the-token-of-this-test';

describe('questions and notices over HTTP', () => {
  const log = createLog({ level: 'silent', readable: false, to: { write: () => undefined } });
  const announcer = new Announcer();
  const asks = new Asks({ announcer, now: () => 5 });
  const settings = {
    read: () => {
      throw new Error('not needed');
    },
  };
  const notices = new Notices({
    ...{ announcer, settings, now: () => 7, log, desktop: () => undefined },
  });
  let server: Server;
  let url = '';
  beforeAll(async () => {
    const app = express();
    app.use('/api', askRoutes({ asks, onlyWithToken: requireToken(TOKEN) }));
    app.use('/api', noticeRoutes({ notices }), answerErrors(log));
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/api`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  function open() {
    const of = { sessionId: 's', runId: null, project: null, toolUseId: null, agentId: null };
    const asked = askOfTool({ ...of, toolName: 'Bash', input: { command: 'ls' }, expiresAt: null });
    if (asked === null) throw new Error('nothing to ask');
    return asks.open(asked);
  }
  const answer = (id: string, body: unknown, token = TOKEN) =>
    fetch(`${url}/asks/${id}/answer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [TOKEN_HEADER]: token },
      body: JSON.stringify(body),
    });

  it('lists what is open and takes an answer', async () => {
    const { ask, answered } = open();
    await expect((await fetch(`${url}/asks`)).json()).resolves.toEqual({ asks: [ask] });
    const given: AskAnswer = { decision: 'deny', reason: 'no' };
    const response = await answer(ask.id, given);
    expect([response.status, await response.json()]).toEqual([200, { asks: [] }]);
    await expect(answered).resolves.toEqual(given);
    expect((await answer(ask.id, given)).status).toBe(409);
  });

  it.each([
    [403, 'allow', 'another token'],
    [400, 'perhaps', TOKEN],
    [400, 'stop', TOKEN],
  ])('answers %i to %j with %s, and the question stays', async (status, decision, token) => {
    const { ask } = open();
    expect((await answer(ask.id, { decision }, token)).status).toBe(status);
    expect(asks.list()).toEqual([ask]);
    asks.withdraw(ask.id);
  });

  it('answers 404 for a question that never was, 405 for another method', async () => {
    expect((await answer('nobody', { decision: 'allow' })).status).toBe(404);
    expect((await fetch(`${url}/asks`, { method: 'DELETE' })).status).toBe(405);
    expect((await fetch(`${url}/notices`, { method: 'POST' })).status).toBe(405);
  });

  it('lists the newest notices', async () => {
    const of = {
      planId: null,
      runId: null,
      sessionId: 's',
      level: 'info',
      kind: 'budget',
    } as const;
    notices.tell({ ...of, title: 'Half', text: 'is spent' });
    await expect((await fetch(`${url}/notices`)).json()).resolves.toEqual({
      notices: [
        { ...of, title: 'Half', text: 'is spent', at: 7, id: expect.any(String) as string },
      ],
    });
  });
});
