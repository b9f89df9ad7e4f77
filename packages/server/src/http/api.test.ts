import {
  demoStateSchema,
  errorBodySchema,
  eventAnswerSchema,
  eventPageSchema,
  eventsAfterSchema,
  healthSchema,
  malformedListSchema,
  sessionDetailSchema,
  sessionListSchema,
  snapshotSchema,
  TOKEN_HEADER,
  tokenSchema,
  usageReportSchema,
} from '@claude-optimizer/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saying } from '../feed/memory-history.fixture.js';
import { used } from '../reports/summed-usage.fixture.js';
import { ServedStage, type Answer } from './serving.fixture.js';

let served: ServedStage;
beforeEach(async () => {
  served = await new ServedStage().start();
  served.stage.own.commit(...saying('a', 3), ...saying('b', 2));
});
afterEach(() => served.close());

const body = ({ text }: Answer): unknown => JSON.parse(text);
const error = (answer: Answer) => errorBodySchema.parse(body(answer)).error;

test('tells how the server is', async () => {
  const { own } = served.stage;
  own.malformedLines.push({ file: 'a.jsonl', byteOffset: 7, reason: 'cut', seenAt: 1 });
  own.report({ indexing: { filesDone: 4, filesTotal: 9 } });
  expect(healthSchema.parse(body(await served.ask('/api/health')))).toEqual({
    version: '1.2.3',
    ready: false,
    indexing: { filesDone: 4, filesTotal: 9 },
    malformedLines: 1,
    clients: 0,
    pricing: null,
  });
  const malformed = malformedListSchema.parse(body(await served.ask('/api/health/malformed')));
  expect(malformed).toEqual({ lines: own.malformedLines, total: 1 });
});

test('gives the first page all that it needs, fresh each time', async () => {
  const answer = await served.ask('/api/live');
  expect(snapshotSchema.parse(body(answer))).toMatchObject({
    epoch: 'own',
    seq: 5,
    demo: { running: false },
  });
  expect(answer.headers['cache-control']).toBe('no-store');
});

test('lists sessions a page at a time', async () => {
  const first = sessionListSchema.parse(body(await served.ask('/api/sessions?limit=1')));
  expect(first.sessions.map(({ id }) => id)).toEqual(['a']);
  const next = await served.ask(`/api/sessions?limit=1&cursor=${first.nextCursor}`);
  expect(sessionListSchema.parse(body(next))).toMatchObject({ nextCursor: null });
  const ended = sessionListSchema.parse(body(await served.ask('/api/sessions?status=failed')));
  expect(ended.sessions).toEqual([]);
});

test('gives one session and its events', async () => {
  const detail = sessionDetailSchema.parse(body(await served.ask('/api/sessions/a')));
  expect(detail.state.summary.id).toBe('a');
  const newest = eventPageSchema.parse(body(await served.ask('/api/sessions/a/events?limit=2')));
  expect(newest.events.map(({ seq }) => seq)).toEqual([2, 3]);
  const older = await served.ask(`/api/sessions/a/events?before=${newest.nextBefore}`);
  expect(eventPageSchema.parse(body(older)).events.map(({ seq }) => seq)).toEqual([1]);
});

test('gives a session’s events from the first on, and says up to where they are all', async () => {
  const seq = served.stage.own.lastSeq();
  const first = await served.ask('/api/sessions/a/events?after=0&limit=2');
  expect(eventsAfterSchema.parse(body(first))).toMatchObject({
    events: [{ seq: 1 }, { seq: 2 }],
    nextAfter: 2,
  });
  const rest = await served.ask('/api/sessions/a/events?after=2');
  expect(eventsAfterSchema.parse(body(rest))).toMatchObject({
    events: [{ seq: 3 }],
    nextAfter: null,
    seq,
  });
  expect((await served.ask('/api/sessions/none/events?after=0')).status).toBe(404);
});

test('ends a session and sets its budget, for those who have the token', async () => {
  const { token } = tokenSchema.parse(body(await served.ask('/api/token')));
  const headers = { [TOKEN_HEADER]: token };
  const ended = await served.ask('/api/sessions/a/end', { method: 'POST', headers });
  expect(eventAnswerSchema.parse(body(ended)).event).toMatchObject({
    type: 'session:complete',
    reason: 'ended',
  });
  const budget = await served.post('/api/sessions/a/budget', { budgetMicrodollars: 5_000_000 });
  expect(eventAnswerSchema.parse(body(budget)).event).toMatchObject({ type: 'session:budget' });
  expect(served.stage.own.states.get('a')?.summary).toMatchObject({
    phase: 'ended',
    budgetMicrodollars: 5_000_000,
  });
});

test('starts and stops the demo', async () => {
  const started = await served.post('/api/demo/start', { speed: 16 });
  expect(demoStateSchema.parse(body(started))).toEqual({ running: true, speed: 16 });
  expect(body(await served.ask('/api/live'))).toMatchObject({ epoch: 'demo', seq: 0 });
  expect(body(await served.post('/api/demo/start'))).toEqual({ running: true, speed: 4 });
  const stopped = await served.post('/api/demo/stop');
  expect(demoStateSchema.parse(body(stopped)).running).toBe(false);
});

test.each(['/api/sessions/a/end', '/api/sessions/a/budget', '/api/demo/start', '/api/demo/stop'])(
  'changes nothing by %s without the token of this start',
  async (path) => {
    for (const token of ['', 'guess', `${served.running.token}x`]) {
      const answer = await served.ask(path, { method: 'POST', headers: { [TOKEN_HEADER]: token } });
      expect(answer.status).toBe(403);
      expect(error(answer)).toMatchObject({ code: 'forbidden' });
      expect(error(answer).fix).toContain('/api/token');
    }
    expect(served.stage.own.lastSeq()).toBe(5);
    expect(served.stage.demo().running).toBe(false);
  },
);

test.each([
  ['/api/sessions?limit=101', /limit/],
  ['/api/sessions?limit=0', /limit/],
  ['/api/sessions?status=asleep', /status/],
  ['/api/sessions?sort=colour', /sort/],
  ['/api/sessions?after=yesterday', /after/],
  ['/api/sessions/a/events?limit=2001', /limit/],
  ['/api/sessions/a/events?before=x', /before/],
  ['/api/usage?by=decade', /by/],
  ['/api/usage?since=2026-02-30', /since/],
  ['/api/usage?since=2026-02-02&until=2026-02-01', /since/],
  ['/api/usage?timezone=Mars/Olympus', /timezone.*Mars/],
  ['/api/usage?limit=1001', /limit/],
  ['/api/usage?cursor=bm90aGluZw', /cursor/],
])('answers 400 to %s and says where', async (path, where) => {
  const answer = await served.ask(path);
  expect(answer.status).toBe(400);
  expect(error(answer)).toMatchObject({ code: 'bad_request' });
  expect(error(answer).message).toMatch(where);
});

test.each([
  [{ budgetMicrodollars: 0 }, /budgetMicrodollars/],
  [{ budgetMicrodollars: 1.5 }, /budgetMicrodollars/],
  [undefined, /budgetMicrodollars/],
  [[], /body/],
])('answers 400 to a budget of %j', async (budget, where) => {
  const answer = await served.post('/api/sessions/a/budget', budget);
  expect(answer.status).toBe(400);
  expect(error(answer).message).toMatch(where);
});

test('says where a body stops being JSON, and takes none that is too big', async () => {
  const headers = {
    [TOKEN_HEADER]: served.running.token,
    'content-type': 'application/json',
  };
  const send = (text: string) =>
    served.ask('/api/sessions/a/budget', { method: 'POST', headers, body: text });
  const broken = await send('{"budgetMicrodollars": 5,}');
  expect(broken.status).toBe(400);
  expect(error(broken).message).toMatch(/no JSON: .*position 25/);
  expect((await send(`{"budgetMicrodollars":5${' '.repeat(200_000)}}`)).status).toBe(413);
});

test('answers 404 to what does not exist', async () => {
  const paths = ['/api/nothing', '/api', '/api/sessions/x', '/api/sessions/x/events'];
  for (const path of paths) {
    const answer = await served.ask(path);
    expect([path, answer.status]).toEqual([path, 404]);
    expect(error(answer)).toMatchObject({ code: 'not_found' });
  }
  expect((await served.post('/api/sessions/x/end')).status).toBe(404);
  const budget = { budgetMicrodollars: null };
  expect((await served.post('/api/sessions/x/budget', budget)).status).toBe(404);
});

test.each([
  ['POST', '/api/health', 'GET'],
  ['DELETE', '/api/sessions/a', 'GET'],
  ['PUT', '/api/sessions', 'GET'],
  ['POST', '/api/usage', 'GET'],
  ['GET', '/api/sessions/a/end', 'POST'],
  ['OPTIONS', '/api/live', 'GET'],
  ['GET', '/api/demo/start', 'POST'],
  ['POST', '/sessions', 'GET, HEAD'],
])('answers 405 to %s %s', async (method, path, allow) => {
  const answer = await served.ask(path, { method });
  expect(answer.status).toBe(405);
  expect(answer.headers['allow']).toBe(allow);
  expect(error(answer)).toMatchObject({ code: 'bad_request' });
});

test('answers 500 without the reason, which goes to the log', async () => {
  served.stage.own.detail = () => Promise.reject(new Error('SECRET PATH'));
  const answer = await served.ask('/api/sessions/a');
  expect(answer.status).toBe(500);
  expect(error(answer)).toMatchObject({ code: 'internal' });
  expect(answer.text).not.toContain('SECRET');
  expect(served.logged.join('')).toContain('SECRET PATH');
});

test('makes no answer bigger than 200 KB where there is a next page', async () => {
  const { own } = served.stage;
  own.commit(...saying('long', 200, 'x'.repeat(4_000)));
  const events = await served.ask('/api/sessions/long/events?limit=200');
  expect(events.text.length).toBeLessThanOrEqual(200_000);
  const page = eventPageSchema.parse(body(events));
  const rest = await served.ask(`/api/sessions/long/events?limit=200&before=${page.nextBefore}`);
  const older = eventPageSchema.parse(body(rest)).events;
  expect(older.at(-1)?.seq).toBe((page.events[0]?.seq ?? 0) - 1);
  const detail = await served.ask('/api/sessions/long');
  expect(detail.text.length).toBeLessThanOrEqual(200_000);
  const { activity } = sessionDetailSchema.parse(body(detail));
  expect(activity.at(-1)?.seq).toBe(own.lastSeq());
});

test('sums up usage by what is asked, a page at a time', async () => {
  served.stage.own.sums = [
    used({ day: 20_000, model: 'a', outputTokens: 5, costPicodollars: 1_500_000 }),
    used({ day: 20_000, model: 'b', outputTokens: 7, unpricedMessages: 1, unpricedTokens: 7 }),
    used({ day: 20_001, model: 'a', outputTokens: 9, costPicodollars: 1_500_000 }),
  ];
  const asked = '/api/usage?by=day,model&timezone=UTC&limit=2';
  const first = usageReportSchema.parse(body(await served.ask(asked)));
  expect(first).toMatchObject({ timezone: 'UTC', since: null, until: null });
  expect(first.rows).toMatchObject([
    { day: '2024-10-04', model: 'a', costMicrodollars: 2 },
    { day: '2024-10-04', model: 'b', costMicrodollars: null, unpricedTokens: 7 },
  ]);
  expect(first.totals).toMatchObject({ messages: 3, outputTokens: 21, costMicrodollars: 3 });
  const rest = await served.ask(`${asked}&cursor=${first.nextCursor}`);
  const { rows, totals, nextCursor } = usageReportSchema.parse(body(rest));
  expect(rows).toMatchObject([{ day: '2024-10-05', model: 'a' }]);
  expect({ totals, nextCursor }).toEqual({ totals: first.totals, nextCursor: null });
});

test('keeps every page of a big report below 200 KB', async () => {
  const sums = Array.from({ length: 1_500 }, (_, day) => used({ day, model: 'x'.repeat(40) }));
  served.stage.own.sums = sums;
  const days: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const asked = `/api/usage?by=day,model&limit=1000${cursor && `&cursor=${cursor}`}`;
    const answer = await served.ask(asked);
    expect(answer.text.length).toBeLessThanOrEqual(200_000);
    const page = usageReportSchema.parse(body(answer));
    days.push(...page.rows.map(({ day = '' }) => day));
    cursor = page.nextCursor;
  }
  expect(days).toHaveLength(1_500);
  expect(days).toEqual([...new Set(days)].sort());
});

test('compresses what is worth it', async () => {
  served.stage.own.commit(...saying('long', 20, 'x'.repeat(400)));
  const response = await fetch(`http://${served.host}/api/sessions/long`, {
    headers: { 'accept-encoding': 'br' },
  });
  expect(response.headers.get('content-encoding')).toBe('br');
  expect(await response.json()).toMatchObject({ state: { summary: { id: 'long' } } });
  const small = await served.ask('/api/health', { headers: { 'accept-encoding': 'br' } });
  expect(small.headers).not.toHaveProperty('content-encoding');
});
