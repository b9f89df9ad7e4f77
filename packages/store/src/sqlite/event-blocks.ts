import type { EventOf, SessionEvent, Usage } from '@claude-optimizer/protocol';
import type { EventSource } from '../store.js';

/** How blocks are written now. */
export const BLOCK_FORMAT = 1;
/** Events of a block at most: a page of events needn't read many more than it shows. */
export const BLOCK_EVENTS = 256;

type Sourced = { event: SessionEvent; source: EventSource | null };
type Cell = string | number | boolean | null | undefined;
type Packed = readonly (Cell | object)[];

/**
 * Events of one session as the JSON of a block. Each is a list: type, time, file and byte, then what
 * the type says. The three types that make up nearly all of a history are lists of bare values.
 */
export function packEvents(events: readonly Sourced[]): string {
  return JSON.stringify(events.map(packed));
}

/** The events of a block; `first` is the number of its first event. */
export function unpackEvents(block: {
  sessionId: string;
  first: number;
  format: number;
  events: string;
}): SessionEvent[] {
  const { sessionId, first, format, events } = block;
  if (format !== BLOCK_FORMAT) throw new Error(`unknown format of events: ${format}`);
  return (JSON.parse(events) as Packed[]).map((cells, index) =>
    unpacked(cells, first + index, sessionId),
  );
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

function unpacked(cells: Packed, seq: number, sessionId: string): SessionEvent {
  const [type, timestamp, , , ...said] = cells;
  const base = { seq, sessionId, timestamp, type };
  switch (type) {
    case 'session:tool':
      return { ...base, ...toolOf(said) } as SessionEvent;
    case 'session:tokens':
      return { ...base, ...tokensOf(said) } as SessionEvent;
    case 'session:message': {
      const [recordId, agentId, text, closing] = said;
      return { ...base, recordId, agentId, text, closing } as SessionEvent;
    }
    default:
      return { ...base, ...(said[0] as object) } as SessionEvent;
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

function tokensOf(cells: Packed) {
  const [messageId, model, agentId, basis, usageList, changeList, totalsList, ...rest] = cells;
  const [messages, unpricedTokens, incomplete, costFraction, tokens, window, sessionBasis] = rest;
  const usage = usageOf(usageList as Packed);
  return {
    ...{ messageId, model, agentId, basis, usage },
    change: changeList === 0 ? usage : usageOf(changeList as Packed),
    totals: usageOf(totalsList as Packed),
    unpriced: { messages, tokens: unpricedTokens },
    ...{ incomplete, costFraction, context: tokens === null ? null : { tokens, window } },
    ...present({ sessionBasis }),
  };
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
  const [inputTokens, outputTokens, cacheWrite5mTokens, cacheWrite1hTokens, ...rest] = cells;
  const [cacheReadTokens, messages, costMicrodollars] = rest;
  return {
    ...{ inputTokens, outputTokens, cacheWrite5mTokens, cacheWrite1hTokens },
    ...{ cacheReadTokens, messages, costMicrodollars },
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
