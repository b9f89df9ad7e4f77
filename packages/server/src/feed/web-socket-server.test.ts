import { setTimeout as sleep } from 'node:timers/promises';
import type { Subscribe } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LIMITS } from './limits.js';
import { ListeningFeed } from './listening-feed.fixture.js';
import { saying } from './memory-history.fixture.js';
import { count } from './test-client.fixture.js';

let feed: ListeningFeed;
beforeEach(async () => {
  feed = await new ListeningFeed().start();
});
afterEach(() => feed.close());

test('sends each event under its own name, to all that are connected', async () => {
  const { own } = feed.stage;
  own.commit(...saying('a', 5));
  const [one, two] = await Promise.all([feed.client().settled(), feed.client().settled()]);
  expect(feed.server.getConnectedClients()).toBe(2);
  own.commit(...saying('b', 3));
  await expect.poll(() => one.seqs).toEqual([6, 7, 8]);
  await expect.poll(() => two.seqs).toEqual([6, 7, 8]);
  expect(one.snapshots).toEqual([]);
});

test('forgets a client that has gone', async () => {
  const client = await feed.client().settled();
  client.socket.disconnect();
  await expect.poll(() => feed.server.getConnectedClients()).toBe(0);
});

test('sends before it returns to the caller', async () => {
  await feed.client().settled();
  const sent: string[] = [];
  for (const socket of feed.server['io'].sockets.sockets.values()) {
    socket.onAnyOutgoing((name: string) => sent.push(name));
  }
  feed.stage.own.commit(...saying('a', 1));
  expect(sent).toEqual(['session:message']);
});

test('first gives what was missed, then the live stream', async () => {
  const { own } = feed.stage;
  own.commit(...saying('a', 1_500));
  const client = feed.client().subscribing(() => ({ afterSeq: 100, epoch: 'own' }));
  for (let burst = 0; burst < 40; burst++) {
    own.commit(...saying('b', 5));
    await sleep(2);
  }
  await expect.poll(() => client.lastSeq).toBe(1_700);
  expect(client.seqs).toEqual(count(101, 1_700));
  expect(client.snapshots).toEqual([]);
  expect(client.statuses.length).toBeGreaterThan(0);
});

test('a late subscribe gets what was missed and nothing twice', async () => {
  const { own } = feed.stage;
  own.commit(...saying('a', 300));
  const client = await feed.client().settled();
  own.commit(...saying('b', 10));
  await expect.poll(() => client.seqs.length).toBe(10);
  client.socket.emit('subscribe', { afterSeq: 20 });
  await expect.poll(() => client.seqs.length).toBe(290);
  own.commit(...saying('c', 2));
  await expect.poll(() => client.seqs.length).toBe(292);
  expect(client.seqs).toEqual([...count(301, 310), ...count(21, 300), 311, 312]);
});

test('a client that has lost what it was sent gets a snapshot', async () => {
  const { own } = feed.stage;
  own.commit(...saying('a', 10));
  const client = feed.client().subscribing(() => ({ afterSeq: 0, batch: true }));
  await expect.poll(() => client.lastSeq).toBe(10);
  client.socket.emit('subscribe', { afterSeq: 10, batch: true });
  client.socket.emit('subscribe', { afterSeq: 7, batch: true });
  await expect.poll(() => client.snapshots.map(({ seq }) => seq)).toEqual([10]);
  own.commit(...saying('b', 1));
  await expect.poll(() => client.seqs).toEqual(count(1, 11));
});

test.each<[string, Subscribe]>([
  ['knows nothing', {}],
  ['knows another history', { afterSeq: 3, epoch: 'another' }],
  ['claims to know what is yet to come', { afterSeq: 4_000 }],
  ['is too far behind', { afterSeq: 0 }],
])('gives a snapshot to a client that %s', async (_, request) => {
  const { own } = feed.stage;
  const seq = LIMITS.lagEvents + 1;
  own.commit(...saying('a', seq));
  const client = feed.client().subscribing(() => request);
  await expect.poll(() => client.snapshots.length).toBe(1);
  own.commit(...saying('a', 2));
  await expect.poll(() => client.seqs).toEqual([seq + 1, seq + 2]);
  expect(client.snapshots[0]).toMatchObject({ epoch: 'own', seq, demo: { running: false } });
});

test('gives clients that come together one and the same snapshot', async () => {
  const { own } = feed.stage;
  own.commit(...saying('a', 3));
  const clients = count(1, 5).map(() => feed.client());
  await Promise.all(clients.map((client) => client.settled()));
  await feed.stage.startDemo(1);
  await expect.poll(() => clients.every(({ snapshots }) => snapshots.length === 1)).toBe(true);
  expect(feed.stage.demonstration.snapshotsTaken).toBe(1);
});

test('shows every client the history that comes on stage', async () => {
  const { own, demonstration } = feed.stage;
  own.commit(...saying('a', 9));
  demonstration.commit(...saying('d', 4));
  const page = feed.client().subscribing(() => ({ afterSeq: 9, batch: true }));
  const plain = feed.client();
  await Promise.all([page.settled(), plain.settled()]);
  await feed.stage.startDemo(4);
  await expect.poll(() => page.snapshots).toHaveLength(1);
  await expect.poll(() => plain.snapshots).toHaveLength(1);
  expect(page.snapshots[0]).toMatchObject({ epoch: 'demo', seq: 4, demo: { running: true } });
  own.commit(...saying('a', 1));
  demonstration.commit(...saying('d', 2));
  await expect.poll(() => page.seqs).toEqual([5, 6]);
  await expect.poll(() => plain.seqs).toEqual([5, 6]);
});

test('brings a client up to date over a restart, from what is stored', async () => {
  const { own } = feed.stage;
  const client = feed.client();
  client.subscribing(() => ({ afterSeq: client.lastSeq, epoch: 'own', batch: true }));
  await client.settled();
  own.commit(...saying('a', 500));
  await expect.poll(() => client.lastSeq).toBe(500);
  const { port } = feed;
  await feed.stop();
  own.commit(...saying('a', 700));
  await feed.start(port);
  await expect.poll(() => client.lastSeq, { timeout: 3_000 }).toBe(1_200);
  expect(client.seqs).toEqual(count(1, 1_200));
  expect(client.snapshots).toEqual([]);
});

test('ignores what is no subscribe, with a warning', async () => {
  const client = await feed.client().settled();
  for (const rubbish of [null, 'all', { afterSeq: -1 }, { afterSeq: 1.5 }, { batch: 'yes' }]) {
    client.socket.emit('subscribe', rubbish as Subscribe);
  }
  await expect.poll(() => feed.warnings.length).toBe(5);
  feed.stage.own.commit(...saying('a', 1));
  await expect.poll(() => client.seqs).toEqual([1]);
});

test('lets a client come back when its history could not be read', async () => {
  const { own } = feed.stage;
  const take = own.snapshot.bind(own);
  let failed = false;
  own.snapshot = () => {
    if (failed) return take();
    failed = true;
    return Promise.reject(new Error('disk'));
  };
  const client = feed.client().subscribing(() => ({}));
  await expect.poll(() => client.snapshots.length, { timeout: 3_000 }).toBe(1);
  expect(feed.warnings.join('')).toContain('could not be fed');
});
