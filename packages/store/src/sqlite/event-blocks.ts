import type { EventOf, SessionEvent, Usage } from '@claude-optimizer/protocol';
import type { EventSource } from '../store.js';

/** How blocks are written now. */
export const BLOCK_FORMAT = 1;
/** Events of a block at most: a page of events needn't read many more than it shows. */
export const BLOCK_EVENTS = 256;

type Sourced = { event: SessionEvent; source: EventSource | null };
type Cell = string | number | boolean | null | undefined;
type Packed = readonly (Cell | object)[];

/** Where in a list begins what its type says. */
const SAID = 4;

/**
 * Events of one session as the JSON of a block. Each is a list: type, time, file and byte, then what
 * the type says. The three types that make up nearly all of a history are lists of bare values.
 */
export function packEvents(events: readonly Sourced[]): string {
  return JSON.stringify(events.map(packed));
}

/** A block as it is stored; `first` is the number of its first event. */
export type Block = { sessionId: string; first: number; format: number; events: string };

/** The events of a block. */
export function unpackEvents(block: Block): SessionEvent[] {
  const { sessionId, first } = block;
  return cellsOf(block).map((cells, index) => unpacked(cells, first + index, sessionId));
}

/** Those of some types: to make events of all others, most of a block, would take most of the time. */
export function unpackOfTypes(block: Block, types: ReadonlySet<unknown>): SessionEvent[] {
  const { sessionId, first } = block;
  const events: SessionEvent[] = [];
  cellsOf(block).forEach((cells, index) => {
    if (types.has(cells[0])) events.push(unpacked(cells, first + index, sessionId));
  });
  return events;
}

function cellsOf({ format, events }: Block): Packed[] {
  if (format !== BLOCK_FORMAT) throw new Error(`unknown format of events: ${format}`);
  return JSON.parse(events) as Packed[];
}

function packed({ event, source }: Sourced): Packed {
  const { type, timestamp } = event;
  const file = source?.fileId;
  const byte = source?.byteOffset;
  switch (event.type) {
    case 'session:tool':
      return packedTool(event, file, byte);
    case 'session:tokens':
      return packedTokens(event, file, byte);
    case 'session:message': {
      const { recordId, agentId, text, closing } = event;
      return [type, timestamp, file, byte, recordId, agentId, text, closing];
    }
    default: {
      const { seq: _seq, sessionId: _id, timestamp: _at, type: _type, ...said } = event;
      return [type, timestamp, file, byte, said];
    }
  }
}

// Written out, not spread together: a history's page, story and conversation wait for it.
function unpacked(cells: Packed, seq: number, sessionId: string): SessionEvent {
  const type = cells[0];
  const timestamp = cells[1];
  switch (type) {
    case 'session:tool':
      return { seq, sessionId, timestamp, type, ...toolOf(cells.slice(SAID)) } as SessionEvent;
    case 'session:tokens':
      return tokensOf(cells, seq, sessionId);
    case 'session:message': {
      const [recordId, agentId, text, closing] = cells.slice(SAID);
      return { seq, sessionId, timestamp, type, recordId, agentId, text, closing } as SessionEvent;
    }
    default:
      return { seq, sessionId, timestamp, type, ...(cells[SAID] as object) } as SessionEvent;
  }
}

// What isn't there is left away at the end, null in between.
function packedTool(event: EventOf<'session:tool'>, fileId: Cell, byte: Cell): Packed {
  const { type, timestamp, phase, toolUseId, name, label, agentId, outcome, durationMs } = event;
  const { file, linesAdded, linesRemoved, error } = event;
  const isBare = outcome === undefined && durationMs === undefined && file === undefined;
  if (isBare && linesAdded === undefined && linesRemoved === undefined && error === undefined) {
    return [type, timestamp, fileId, byte, phase, toolUseId, name, label, agentId];
  }
  const packed = [type, timestamp, fileId, byte, phase, toolUseId, name, label, agentId];
  packed.push(outcome, durationMs, file, linesAdded, linesRemoved, error);
  return packed;
}

function toolOf(cells: Packed) {
  const [phase, toolUseId, name, label, agentId, ...end] = cells;
  const [outcome, durationMs, file, linesAdded, linesRemoved, error] = end;
  const optional = { outcome, durationMs, file, linesAdded, linesRemoved, error };
  return { phase, toolUseId, name, label, agentId, ...present(optional) };
}

function packedTokens(event: EventOf<'session:tokens'>, file: Cell, byte: Cell): Packed {
  const { messageId, model, agentId, basis, usage, change, totals, unpriced, context } = event;
  return [
    event.type,
    event.timestamp,
    file,
    byte,
    messageId,
    model,
    agentId,
    basis,
    usageCells(usage),
    // A response that is seen for the first time changes the totals by all that it is.
    isSame(usage, change) ? 0 : usageCells(change),
    usageCells(totals),
    unpriced.messages,
    unpriced.tokens,
    event.incomplete,
    event.costFraction,
    context?.tokens,
    context?.window,
    event.sessionBasis,
  ];
}

function tokensOf(cells: Packed, seq: number, sessionId: string): SessionEvent {
  const [type, timestamp, , , messageId, model, agentId, basis, usageList, changeList] = cells;
  const [
    totalsList,
    messages,
    tokens,
    incomplete,
    costFraction,
    contextTokens,
    window,
    sessionBasis,
  ] = cells.slice(10);
  const usage = usageOf(usageList as Packed);
  const event = {
    seq,
    sessionId,
    timestamp,
    type,
    messageId,
    model,
    agentId,
    basis,
    usage,
    change: changeList === 0 ? usage : usageOf(changeList as Packed),
    totals: usageOf(totalsList as Packed),
    unpriced: { messages, tokens },
    incomplete,
    costFraction,
    context: contextTokens === null ? null : { tokens: contextTokens, window },
  };
  const isBare = sessionBasis === null || sessionBasis === undefined;
  return (isBare ? event : { ...event, sessionBasis }) as SessionEvent;
}

function usageCells(usage: Usage): Cell[] {
  return [
    usage.inputTokens,
    usage.outputTokens,
    usage.cacheWrite5mTokens,
    usage.cacheWrite1hTokens,
    usage.cacheReadTokens,
    usage.messages,
    usage.costMicrodollars,
  ];
}

function usageOf(cells: Packed) {
  return {
    inputTokens: cells[0],
    outputTokens: cells[1],
    cacheWrite5mTokens: cells[2],
    cacheWrite1hTokens: cells[3],
    cacheReadTokens: cells[4],
    messages: cells[5],
    costMicrodollars: cells[6],
  };
}

function isSame(a: Usage, b: Usage): boolean {
  return (
    a.inputTokens === b.inputTokens &&
    a.outputTokens === b.outputTokens &&
    a.cacheWrite5mTokens === b.cacheWrite5mTokens &&
    a.cacheWrite1hTokens === b.cacheWrite1hTokens &&
    a.cacheReadTokens === b.cacheReadTokens &&
    a.messages === b.messages &&
    a.costMicrodollars === b.costMicrodollars
  );
}

function present(optional: Record<string, unknown>): object {
  const entries = Object.entries(optional).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return Object.fromEntries(entries);
}
