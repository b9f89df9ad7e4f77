import type { SessionEvent } from '@claude-optimizer/protocol';
import { COLUMNS } from './sqlite/columns.js';
import { BLOCK_EVENTS, BLOCK_FORMAT, packEvents, unpackEvents } from './sqlite/event-blocks.js';
import { responseHash } from './sqlite/response-hash.js';
import { ledgerRow, objectiveRow, sessionRow } from './sqlite/rows.js';
import { SLOT_COLUMNS, SlotChanges } from './sqlite/slot-changes.js';
import {
  responseId,
  type Checkpoint,
  type Commit,
  type LedgerRow,
  type ToolCall,
} from './store.js';

// For the threads that read a history: without what opens a database.
export { unpackEvents } from './sqlite/event-blocks.js';
export { responseId } from './store.js';

type Cell = string | number | null;
type UsageWithSession = Parameters<typeof ledgerRow>[0];

/**
 * What one session, read for the first time, gains, made ready in the thread that read it: rows of
 * bare cells, one after another, that only lack the session's key and where its events begin.
 */
export type SessionLoad = {
  sessionId: string;
  /** How many events it has; until they are written they are numbered from 1. */
  events: number;
  /** Its last sign of life (epoch ms); null as long as nothing was said. */
  lastAt: number | null;
  /** `events` as UTF-8: handed from thread to thread and on to SQLite as it is. */
  blocks: { first: number; last: number; format: number; events: Uint8Array<ArrayBuffer> }[];
  /** Null where its lines say nothing of a session. */
  session: Cell[] | null;
  toolCalls: Cell[];
  objectives: Cell[];
  usage: Cell[];
  slots: Cell[];
  checkpoints: readonly Checkpoint[];
  malformed: Commit['malformed'];
};

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();
/** Stands where the key of the session belongs. */
const NO_KEY = 0;

/**
 * Makes a commit ready that is all of one session. `before` has the responses that were made ready
 * for it earlier, by `responseId`.
 */
export function packLoad(
  sessionId: string,
  commit: Commit,
  before: ReadonlyMap<string, LedgerRow>,
): SessionLoad {
  const [change] = commit.sessions;
  return {
    sessionId,
    events: commit.events.length,
    lastAt: change?.session.state.summary.lastAt ?? null,
    blocks: blocksOf(commit.events),
    session: change ? cells([sessionRow(change)], COLUMNS.sessions) : null,
    toolCalls: toolCallCells(change?.toolCalls ?? []),
    objectives: cells(
      (change?.objectives ?? []).map((objective) => objectiveRow(NO_KEY, objective)),
      COLUMNS.objectives,
    ),
    ...usageCells(commit.ledger, before),
    checkpoints: commit.checkpoints,
    malformed: commit.malformed,
  };
}

/** About how much memory a load takes. */
export function bytesOf({ blocks }: SessionLoad): number {
  return blocks.reduce((sum, { events }) => sum + events.length, 0);
}

/** What of a load needn't be copied to be in another thread. */
export function buffersOf({ blocks }: SessionLoad): ArrayBuffer[] {
  return blocks.map(({ events }) => events.buffer);
}

/** Which responses a load has, by their hashes. */
export function responseHashes({ usage }: SessionLoad): number[] {
  const hashes: number[] = [];
  for (let at = COLUMNS.usage.indexOf('hash'); at < usage.length; at += COLUMNS.usage.length) {
    hashes.push(usage[at] as number);
  }
  return hashes;
}

/** One of a load's responses, as it counts it; undefined where it has none of that id. */
export function responseOf(load: SessionLoad, id: string): LedgerRow | undefined {
  const width = COLUMNS.usage.length;
  const at = responseHashes(load).indexOf(responseHash(id)) * width;
  if (at < 0) return undefined;
  const entries = COLUMNS.usage.map((column, index) => [column, load.usage[at + index]]);
  const row = ledgerRow({
    ...Object.fromEntries(entries),
    session: load.sessionId,
  } as UsageWithSession);
  return responseId(row) === id ? row : undefined;
}

/** The events of a load, where those before it end with `seq`. */
export function eventsOfLoad({ sessionId, blocks }: SessionLoad, seq: number): SessionEvent[] {
  return blocks.flatMap(({ first, format, events }) =>
    unpackEvents({ sessionId, first: seq + first, format, events: DECODER.decode(events) }),
  );
}

function blocksOf(events: Commit['events']): SessionLoad['blocks'] {
  const blocks: SessionLoad['blocks'] = [];
  for (let from = 0; from < events.length; from += BLOCK_EVENTS) {
    const some = events.slice(from, from + BLOCK_EVENTS);
    const block = { first: from + 1, last: from + some.length };
    blocks.push({ ...block, format: BLOCK_FORMAT, events: ENCODER.encode(packEvents(some)) });
  }
  return blocks;
}

function usageCells(
  ledger: readonly LedgerRow[],
  before: ReadonlyMap<string, LedgerRow>,
): Pick<SessionLoad, 'usage' | 'slots'> {
  const slots = new SlotChanges();
  const usage: Cell[] = [];
  for (const entry of ledger) {
    const id = responseId(entry);
    const earlier = before.size === 0 ? undefined : before.get(id);
    if (earlier) slots.addEntry(NO_KEY, earlier, -1);
    slots.addEntry(NO_KEY, entry, 1);
    addUsageCells(usage, entry, responseHash(id));
  }
  return { usage, slots: cells([...slots.changes()], SLOT_COLUMNS) };
}

// As `usageRow` has them, in the order of the columns: as rows, they took as long to make as all
// events together.
function addUsageCells(all: Cell[], entry: LedgerRow, hash: number): void {
  const { usage } = entry;
  all.push(
    null,
    hash,
    NO_KEY,
    entry.messageId,
    entry.requestId,
    entry.bornAt,
    entry.model,
    entry.agentId,
    entry.at,
    usage.inputTokens,
    usage.outputTokens,
    usage.cacheWrite5mTokens,
    usage.cacheWrite1hTokens,
    usage.cacheReadTokens,
    entry.webSearches,
    entry.stopped ? 1 : 0,
    entry.costPicodollars,
    entry.basis,
    entry.billing,
  );
}

function toolCallCells(calls: readonly ToolCall[]): Cell[] {
  const all: Cell[] = [];
  for (const call of calls) {
    all.push(
      call.seq,
      NO_KEY,
      call.toolUseId,
      call.name,
      call.agentId,
      call.endedAt,
      call.durationMs,
      call.outcome,
      call.file,
      call.linesAdded,
      call.linesRemoved,
    );
  }
  return all;
}

function cells<C extends string>(
  rows: readonly Readonly<Record<C, Cell>>[],
  columns: readonly C[],
): Cell[] {
  const all: Cell[] = [];
  for (const row of rows) for (const column of columns) all.push(row[column]);
  return all;
}
