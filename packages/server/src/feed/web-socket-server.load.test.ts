import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ListeningFeed } from './listening-feed.fixture.js';
import { saying } from './memory-history.fixture.js';
import { count } from './test-client.fixture.js';

let feed: ListeningFeed;
beforeEach(async () => {
  feed = await new ListeningFeed().start();
});
afterEach(() => feed.close());

test('loses nothing and repeats nothing over many lost connections', async () => {
  const { own } = feed.stage;
  own.commit(...saying('a', 40));
  const polling = feed.client('polling');
  polling.subscribing(() => ({ afterSeq: polling.lastSeq, epoch: 'own' }));
  const batching = feed.client();
  batching.subscribing(() => ({ afterSeq: batching.lastSeq, epoch: 'own', batch: true }));
  let chance = Math.floor(Math.random() * 2 ** 31);
  console.info(`seed ${chance}`);
  for (let round = 0; round < 120; round++) {
    chance = (chance * 1_103_515_245 + 12_345) % 2 ** 31;
    own.commit(...saying('a', chance % 9));
    const victim = [...feed.connections][chance % feed.connections.size];
    if (chance % 3 === 0) victim?.destroy();
    await sleep(chance % 11);
  }
  const last = own.lastSeq();
  await expect.poll(() => polling.lastSeq, { timeout: 3_000 }).toBe(last);
  await expect.poll(() => batching.lastSeq, { timeout: 3_000 }).toBe(last);
  expect(polling.seqs).toEqual(count(1, last));
  expect(batching.seqs).toEqual(count(1, last));
});

test('gives a batching page no more than about 60 updates a second, the first at once', async () => {
  const { own } = feed.stage;
  const client = feed.client().subscribing(() => ({ afterSeq: 0, batch: true }));
  await client.settled();
  const sent: string[] = [];
  for (const socket of feed.server['io'].sockets.sockets.values()) {
    socket.onAnyOutgoing((name: string) => sent.push(name));
  }
  own.commit(...saying('a', 1));
  expect(sent).toEqual(['events']);
  const began = performance.now();
  while (performance.now() - began < 1_000) {
    own.commit(...saying('a', 1));
    await sleep(1);
  }
  await expect.poll(() => client.lastSeq).toBe(own.lastSeq());
  expect(client.seqs).toEqual(count(1, own.lastSeq()));
  expect(client.frames.length).toBeGreaterThan(20);
  expect(client.frames.length).toBeLessThanOrEqual(62);
});

test('gives snapshots instead of a flood, not more than two a second', async () => {
  const { own } = feed.stage;
  const client = feed.client().subscribing(() => ({ afterSeq: 0, batch: true }));
  await client.settled();
  const began = performance.now();
  while (performance.now() - began < 1_200) {
    own.commit(...saying('a', 3_000));
    await sleep(20);
  }
  const last = own.lastSeq();
  await expect.poll(() => Math.max(client.lastSeq, client.snapshots.at(-1)?.seq ?? 0)).toBe(last);
  expect(client.snapshots.length).toBeGreaterThan(1);
  expect(client.snapshots.length).toBeLessThanOrEqual(4);
});

test('keeps little for a client that does not read, and brings it back in step', async () => {
  const { own } = feed.stage;
  const slow = await feed.client().settled();
  const quick = await feed.client().settled();
  let given = 0;
  for (const { id, conn } of feed.server['io'].sockets.sockets.values()) {
    if (id === slow.socket.id)
      conn.on('packetCreate', ({ data }: { data: string }) => (given += data.length));
  }
  slow.read(false);
  const words = 'x'.repeat(2_000);
  for (let burst = 0; burst < 200; burst++) {
    own.commit(...saying('a', 100, words));
    await sleep(1);
  }
  expect(given).toBeLessThan((own.lastSeq() * words.length) / 2);
  await expect.poll(() => quick.lastSeq, { timeout: 3_000 }).toBe(own.lastSeq());
  slow.read(true);
  await expect.poll(() => slow.snapshots.at(-1)?.seq, { timeout: 3_000 }).toBe(own.lastSeq());
  own.commit(...saying('a', 3));
  const last = own.lastSeq();
  await expect.poll(() => slow.lastSeq).toBe(last);
  const seq = slow.snapshots.at(-1)?.seq ?? 0;
  expect(slow.seqs.filter((sent) => sent > seq)).toEqual(count(seq + 1, last));
});

test('tells how the reading goes, at most four times a second', async () => {
  const client = feed.client().subscribing(() => ({ afterSeq: 0 }));
  await client.settled();
  client.statuses.length = 0;
  for (let filesDone = 1; filesDone <= 60; filesDone++) {
    feed.stage.own.report({ indexing: { filesDone, filesTotal: 60 }, ready: filesDone === 60 });
    await sleep(10);
  }
  await expect.poll(() => client.statuses.at(-1)?.ready).toBe(true);
  expect(client.statuses.length).toBeGreaterThan(1);
  expect(client.statuses.length).toBeLessThanOrEqual(5);
});
