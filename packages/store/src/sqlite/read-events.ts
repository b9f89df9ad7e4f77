import { setImmediate as nextTick } from 'node:timers/promises';
import type { SessionEvent } from '@claude-optimizer/protocol';
import type BetterSqlite3 from 'better-sqlite3';
import { unpackEvents, unpackOfTypes, type Block } from './event-blocks.js';
import { eventOf, type Row } from './rows.js';

type EventRow = Pick<Row<'session_events'>, 'seq' | 'type' | 'timestamp' | 'payload'> & {
  id: string;
};
type BlockRow = Pick<Row<'event_blocks'>, 'first_seq' | 'format' | 'events'> & { id: string };
type Select<P extends unknown[], R> = BetterSqlite3.Statement<P, R>;

const ROWS = `select seq, type, timestamp, payload, id from session_events
  join sessions on sessions.key = session_key`;
const BLOCKS = `select first_seq, format, events, id from event_blocks
  join sessions on sessions.key = session_key`;
const OF_SESSION = 'session_key = (select key from sessions where id = ?)';

/** So long all events of a session are read before anything else is looked at (ms). */
const SLICE_MS = 4;

/**
 * Reads events: of a history that was loaded they stand in blocks, those that came later in rows of
 * their own. Each number is in one of them.
 */
export class EventReader {
  readonly #lastSeq: Select<[], number>;
  readonly #rowsAfter: Select<[number, number], EventRow>;
  readonly #blocksAfter: Select<[number, number], BlockRow>;
  readonly #rowsBefore: Select<[string, number, number], EventRow>;
  readonly #blocksBefore: Select<[string, number], BlockRow>;
  readonly #sessionRowsAfter: Select<[string, number, number], EventRow>;
  readonly #sessionBlocksAfter: Select<[string, number], BlockRow>;
  readonly #sessionBlockAfter: Select<[string, number], BlockRow>;
  readonly #rowsOfTypes: Select<[string, string], EventRow>;
  readonly #rowsWithout: Select<[number, number, string, number], EventRow>;
  readonly #blocksOfKey: Select<[number, number], BlockRow>;

  constructor(db: BetterSqlite3.Database) {
    this.#lastSeq = db
      .prepare<[], number>(
        `select max(coalesce((select max(seq) from session_events), 0),
           coalesce((select last_seq from event_blocks order by first_seq desc limit 1), 0))`,
      )
      .pluck();
    this.#rowsAfter = db.prepare(`${ROWS} where seq > ? order by seq limit ?`);
    // The block in which the next number is, if it is in one, is the last that begins before it.
    this.#blocksAfter = db.prepare(
      `${BLOCKS} where last_seq > ? and first_seq >=
         coalesce((select max(first_seq) from event_blocks where first_seq <= ? + 1), 0)
       order by first_seq`,
    );
    this.#rowsBefore = db.prepare(
      `${ROWS} where ${OF_SESSION} and seq < ? order by seq desc limit ?`,
    );
    this.#blocksBefore = db.prepare(
      `${BLOCKS} where ${OF_SESSION} and first_seq < ? order by first_seq desc`,
    );
    this.#sessionRowsAfter = db.prepare(
      `${ROWS} where ${OF_SESSION} and seq > ? order by seq limit ?`,
    );
    this.#sessionBlocksAfter = db.prepare(
      `${BLOCKS} where ${OF_SESSION} and last_seq > ? order by first_seq`,
    );
    this.#sessionBlockAfter = db.prepare(
      `${BLOCKS} where ${OF_SESSION} and first_seq > ? order by first_seq limit 1`,
    );
    this.#rowsWithout = db.prepare(
      `${ROWS} where session_key = ? and seq > ?
         and type not in (select value from json_each(?)) order by seq limit ?`,
    );
    this.#blocksOfKey = db.prepare(
      `${BLOCKS} where session_key = ? and last_seq > ? order by first_seq`,
    );
    this.#rowsOfTypes = db.prepare(
      `${ROWS} where ${OF_SESSION} and type in (select value from json_each(?)) order by seq`,
    );
  }

  /** The highest number; 0 when there is none. */
  lastSeq(): number {
    return this.#lastSeq.get() ?? 0;
  }

  /** Events that follow `seq`, in order, at most `limit`. */
  after(seq: number, limit: number): SessionEvent[] {
    const rows = this.#rowsAfter.all(seq, limit).map(eventOf);
    const follows = (event: SessionEvent) => event.seq > seq;
    return ascending(rows, some(this.#blocksAfter.iterate(seq, seq), follows, limit), limit);
  }

  /** A session's events that follow `seq`, in order, at most `limit`. */
  ofSessionAfter(id: string, seq: number, limit: number): SessionEvent[] {
    const rows = this.#sessionRowsAfter.all(id, seq, limit).map(eventOf);
    const follows = (event: SessionEvent) => event.seq > seq;
    return ascending(rows, some(this.#sessionBlocksAfter.iterate(id, seq), follows, limit), limit);
  }

  /** A session's events before `seq`, newest first, at most `limit`. */
  ofSessionBefore(id: string, seq: number, limit: number): SessionEvent[] {
    const rows = this.#rowsBefore.all(id, seq, limit).map(eventOf);
    const precedes = (event: SessionEvent) => event.seq < seq;
    const inBlocks = some(this.#blocksBefore.iterate(id, seq), precedes, limit);
    return [...rows, ...inBlocks].sort((a, b) => b.seq - a.seq).slice(0, limit);
  }

  /** As `ofSessionAfter`, of the session with this key, without events of some types. */
  ofKeyAfter(
    key: number,
    seq: number,
    limit: number,
    without: readonly SessionEvent['type'][],
  ): SessionEvent[] {
    const rows = this.#rowsWithout.all(key, seq, JSON.stringify(without), limit).map(eventOf);
    const wanted = (event: SessionEvent) => event.seq > seq && !without.includes(event.type);
    return ascending(rows, some(this.#blocksOfKey.iterate(key, seq), wanted, limit), limit);
  }

  /** Every event of a session of these types, in order; others get their turn meanwhile. */
  async ofTypes(id: string, types: readonly SessionEvent['type'][]): Promise<SessionEvent[]> {
    const rows = this.#rowsOfTypes.all(id, JSON.stringify(types)).map(eventOf);
    const wanted = new Set(types);
    const inBlocks: SessionEvent[] = [];
    let sliceEnds = performance.now() + SLICE_MS;
    let block = this.#sessionBlockAfter.get(id, 0);
    while (block !== undefined) {
      inBlocks.push(...unpackOfTypes(blockOf(block), wanted));
      if (performance.now() >= sliceEnds) {
        await nextTick();
        sliceEnds = performance.now() + SLICE_MS;
      }
      block = this.#sessionBlockAfter.get(id, block.first_seq);
    }
    return ascending(rows, inBlocks, Infinity);
  }
}

/** The wanted events of as many blocks as it takes to have `limit` of them. */
function some(
  blocks: IterableIterator<BlockRow>,
  wanted: (event: SessionEvent) => boolean,
  limit: number,
): SessionEvent[] {
  const events: SessionEvent[] = [];
  for (const row of blocks) {
    events.push(...unpackEvents(blockOf(row)).filter(wanted));
    if (events.length >= limit) break;
  }
  return events;
}

function blockOf({ id: sessionId, first_seq: first, format, events }: BlockRow): Block {
  return { sessionId, first, format, events };
}

function ascending(rows: SessionEvent[], inBlocks: SessionEvent[], limit: number): SessionEvent[] {
  if (inBlocks.length === 0) return rows;
  return [...rows, ...inBlocks].sort((a, b) => a.seq - b.seq).slice(0, limit);
}
