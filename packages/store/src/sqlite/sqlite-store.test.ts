import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkpointOf, commitOf, eventOf, NOON, responseOf, sessionOf } from '../sample.fixture.js';
import { itIsAStore } from '../store-contract.fixture.js';
import { responseId } from '../store.js';
import { MIGRATION_NAMES } from './migration-names.js';
import { MIGRATIONS } from './migrations.js';
import { openSqliteReader } from './open-reader.js';
import { openSqliteStore } from './open.js';
import { responseHash } from './response-hash.js';

let folder = '';
let files = 0;
const freshFile = () => path.join(folder, `${(files += 1)}.db`);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sqlite-store-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

itIsAStore('SQLite in memory', () => openSqliteStore(':memory:'));
itIsAStore('SQLite in a file', () => openSqliteStore(freshFile()));

describe('SQLite file', () => {
  it('is the same history when opened again', async () => {
    const file = freshFile();
    const first = await openSqliteStore(file);
    const events = [{ event: eventOf(1, 'a'), source: null }];
    await first.commit(
      commitOf({ sessions: [sessionOf('a', 1)], events, ledger: [responseOf('m')] }),
    );
    await first.close();
    const again = await openSqliteStore(file);
    expect(again.epoch).toBe(first.epoch);
    expect(await again.eventsAfter(0, 9)).toEqual([eventOf(1, 'a')]);
    expect((await again.ledger([responseOf('m')])).size).toBe(1);
    await again.close();
    const other = await openSqliteStore(freshFile());
    expect(other.epoch).not.toBe(first.epoch);
    await other.close();
  });

  it('says so when a newer version made it, and leaves it as it is', async () => {
    const file = freshFile();
    await (await openSqliteStore(file)).close();
    const raw = new BetterSqlite3(file);
    raw.exec(`insert into kysely_migration (name, timestamp) values ('999_later', '2030')`);
    await expect(openSqliteStore(file)).rejects.toMatchObject({ code: 'store_newer' });
    expect(raw.prepare('select count(*) n from kysely_migration').get()).toEqual({
      n: MIGRATION_NAMES.length + 1,
    });
    raw.close();
  });

  it.each([
    ['is a folder', () => Promise.resolve(folder)],
    ['lies in a folder that is missing', () => Promise.resolve(path.join(folder, 'no', 'a.db'))],
    [
      'is no database',
      async () => {
        const file = freshFile();
        await writeFile(file, 'not a database, but long enough to be read as one '.repeat(40));
        return file;
      },
    ],
  ])('cannot be opened when it %s', async (_case, make) => {
    await expect(openSqliteStore(await make())).rejects.toMatchObject({
      code: 'store_unavailable',
      fix: expect.stringMatching(/./) as string,
    });
  });

  it('is brought up to date whole or not at all', async () => {
    const file = freshFile();
    const obstacle = new BetterSqlite3(file);
    obstacle.exec('create table client_requests (mine)');
    await expect(openSqliteStore(file)).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(tablesOf(obstacle)).toEqual(['client_requests']);
    obstacle.exec('drop table client_requests');
    obstacle.close();
    const store = await openSqliteStore(file);
    expect(await store.lastSeq()).toBe(0);
    await store.close();
  });

  it('of an earlier version is read and gone on with', async () => {
    const file = freshFile();
    const raw = new BetterSqlite3(file);
    const db = new Kysely({ dialect: new SqliteDialect({ database: raw }) });
    const earlier = Object.entries(MIGRATIONS).filter(([name]) => name < '008');
    const provider = { getMigrations: () => Promise.resolve(Object.fromEntries(earlier)) };
    expect((await new Migrator({ db, provider }).migrateToLatest()).error).toBeUndefined();
    raw.exec(`
      insert into sessions (key, id, visible, status, models, started_at, last_at, tokens, summary, detail)
        values (1, 'a', 1, 'idle', '[]', 0, 0, 0, '{}', '{}');
      insert into session_events values (1, 1, 'session:message', ${String(NOON + 1)}, null, null,
        '{"recordId":"r1","agentId":null,"text":"words 1","closing":false}')`);
    const before = responseOf('m');
    // Under another number than its own, as one that came upon a taken one.
    raw
      .prepare(
        `insert into usage values (1, 'm', 'req', 1, ${String(before.bornAt)}, 'opus', null,
          ${String(NOON)}, 1000, 10, 0, 0, 0, 0, 1000000000, 'exact', 1, 'standard')`,
      )
      .run();
    await db.destroy();
    const store = await openSqliteStore(file);
    expect(await store.eventsAfter(0, 9)).toEqual([eventOf(1, 'a')]);
    expect((await store.ledger([before])).get(responseId(before))).toEqual(before);
    await store.commit(commitOf({ ledger: [responseOf('m', { at: NOON - 1 })] }));
    expect((await store.usageByModel('a')).map(({ usage }) => usage.messages)).toEqual([1]);
    await store.close();
  });

  it('tells responses apart whose hashes are the same', async () => {
    const file = freshFile();
    const store = await openSqliteStore(file);
    const ids = ['m1', 'm2', 'm3'];
    await store.commit(commitOf({ sessions: [sessionOf('a', 1)], ledger: [responseOf('m1')] }));
    // As one of the same hash would.
    const raw = new BetterSqlite3(file);
    raw
      .prepare('update usage set hash = ? where message_id = ?')
      .run(responseHash(responseId(responseOf('m2'))), 'm1');
    raw.close();
    await store.commit(commitOf({ ledger: [responseOf('m2', { at: 1 })] }));
    await store.commit(commitOf({ ledger: [responseOf('m2', { at: 2 }), responseOf('m3')] }));
    const found = await store.ledger(ids.map((id) => responseOf(id)));
    expect(found.get(responseId(responseOf('m2')))?.at).toBe(2);
    expect((await store.usageSince(0)).usage.messages).toBe(3);
    await store.close();
  });

  it('hashes ids to integers that SQLite and JavaScript count exactly', () => {
    const hashes = new Set<number>();
    for (let i = 0; i < 20_000; i += 1) {
      const hash = responseHash(`msg_${i}\0req_${i}`);
      expect(Number.isSafeInteger(hash) && hash >= 0 && hash < 2 ** 52).toBe(true);
      hashes.add(hash);
    }
    expect(hashes.size).toBe(20_000);
  });
});

describe('SQLite file that is only read', () => {
  it('knows every migration by name', () => {
    expect(MIGRATION_NAMES).toEqual(Object.keys(MIGRATIONS));
  });

  it('answers while another writes, and notices it', async () => {
    const file = freshFile();
    const store = await openSqliteStore(file);
    await store.commit(commitOf({ sessions: [sessionOf('a', 1)], checkpoints: [checkpointOf(1)] }));
    const reader = openSqliteReader(file);
    const { path: transcript, offset, size, modifiedAt } = checkpointOf(1);
    expect(reader?.filesRead()).toEqual([{ path: transcript, offset, size, modifiedAt }]);
    const periods = [{ from: 0, to: Number.MAX_SAFE_INTEGER, offsetMs: 0 }];
    expect(await reader?.usageSums({ periods, by: [] })).toEqual([]);
    const before = reader?.version();
    expect(reader?.version()).toBe(before);
    await store.commit(commitOf({ ledger: [responseOf('m')] }));
    expect(reader?.version()).not.toBe(before);
    expect(await reader?.usageSums({ periods, by: [] })).toMatchObject([{ messages: 1 }]);
    await reader?.close();
    await store.close();
  });

  it('is none where there is none or where an older version made it, and is never made', async () => {
    const file = freshFile();
    expect(openSqliteReader(file)).toBeNull();
    expect(existsSync(file)).toBe(false);
    await (await openSqliteStore(file)).close();
    const raw = new BetterSqlite3(file);
    raw.exec(`delete from kysely_migration where name = '002_slots'`);
    expect(openSqliteReader(file)).toBeNull();
    raw.exec(`insert into kysely_migration (name, timestamp) values ('999_later', '2030')`);
    raw.close();
    expect(() => openSqliteReader(file)).toThrow(/newer version/);
    await writeFile(file, 'not a database, but long enough to be read as one '.repeat(40));
    expect(() => openSqliteReader(file)).toThrow(/can't be read/);
  });
});

function tablesOf(sqlite: BetterSqlite3.Database): unknown[] {
  return sqlite.prepare(`select name from sqlite_master where type = 'table'`).pluck().all();
}
