import fs from 'node:fs';
import path from 'node:path';
import { unpackEvents } from '@claude-optimizer/store/load';
import Database from 'better-sqlite3';
import * as z from 'zod';
import type { Tokens } from '../indexing/recount.js';

const usageRows = z.array(
  z
    .object({
      session: z.string(),
      model: z.string(),
      at: z.int(),
      cost: z.int().nullable(),
      input: z.int(),
      output: z.int(),
      cache_write_5m: z.int(),
      cache_write_1h: z.int(),
      cache_read: z.int(),
    })
    .transform(({ session, model, at, cost, ...sums }) => ({
      session,
      model,
      at,
      // Kept in pico-dollars; no price here is finer than hundredths of a micro-dollar.
      cost: cost === null ? null : cost / 10_000,
      tokens: [
        sums.input,
        sums.output,
        sums.cache_write_5m,
        sums.cache_write_1h,
        sums.cache_read,
      ] satisfies Tokens,
    })),
);
const eventRows = z.array(
  z.object({
    seq: z.int(),
    session: z.string(),
    type: z.string(),
    timestamp: z.int(),
    payload: z.string(),
  }),
);

const blockRows = z.array(
  z.object({ first: z.int(), sessionId: z.string(), format: z.int(), events: z.string() }),
);

function eventsOf(block: z.output<typeof blockRows>[number]): z.output<typeof eventRows> {
  return unpackEvents(block).map(({ seq, sessionId: session, type, timestamp, ...said }) => ({
    ...{ seq, session, type, timestamp },
    payload: JSON.stringify(said),
  }));
}

/** What the daemon has written, read from beside it. */
export type Stored = {
  usage: z.output<typeof usageRows>;
  events: z.output<typeof eventRows>;
  /** Bytes read of each transcript, by its path. */
  offsets: Map<string, number>;
};

/** Whether the daemon's database has its tables: a kill may come before they were made. */
export function hasStored(dataDir: string): boolean {
  if (!fs.existsSync(databaseFile(dataDir))) return false;
  const db = new Database(databaseFile(dataDir), { readonly: true });
  try {
    return db.prepare(`select 1 from sqlite_schema where name = 'files'`).get() !== undefined;
  } finally {
    db.close();
  }
}

/** Reads the daemon's database without touching it; it may be running. */
export function readStored(dataDir: string): Stored {
  const db = new Database(databaseFile(dataDir), { readonly: true });
  try {
    const usage = db
      .prepare(
        `select s.id as session, u.model, u.at, u.cost,
           u.input, u.output, u.cache_write_5m, u.cache_write_1h, u.cache_read
         from usage u join sessions s on s.key = u.session_key`,
      )
      .all();
    const events = db
      .prepare(
        `select e.seq, s.id as session, e.type, e.timestamp, e.payload
         from session_events e join sessions s on s.key = e.session_key order by e.seq`,
      )
      .all();
    const blocks = blockRows.parse(
      db
        .prepare(
          `select b.first_seq as first, s.id as sessionId, b.format, b.events
           from event_blocks b join sessions s on s.key = b.session_key`,
        )
        .all(),
    );
    const files = z
      .array(z.object({ path: z.string(), offset: z.int() }))
      .parse(db.prepare('select path, offset from files').all());
    return {
      usage: usageRows.parse(usage),
      events: [...eventRows.parse(events), ...blocks.flatMap(eventsOf)].sort(
        (a, b) => a.seq - b.seq,
      ),
      offsets: new Map(files.map((file) => [file.path, file.offset])),
    };
  } finally {
    db.close();
  }
}

const databaseFile = (dataDir: string) => path.join(dataDir, 'optimizer.db');
