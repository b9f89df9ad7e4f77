import type { SessionEvent } from '@claude-optimizer/protocol';

/** From a prompt to the model's last word on it. */
export type Turn = {
  /** Counts from 1. */
  number: number;
  /** uuid of the record of its prompt. */
  recordId: string;
  prompt: string | null;
  startAt: number;
  /** Null while it is open. */
  endAt: number | null;
  ending: 'ended' | 'interrupted' | 'failed' | 'cut-off' | null;
};

/**
 * A session's turns in order of time. Where no record says that a turn ended (older clients), it
 * ends with the last sign of the main thread before the next prompt, or with a closing text.
 */
export function readTurns(events: readonly SessionEvent[]): Turn[] {
  const main = events.filter(isOfTurns).sort((a, b) => a.timestamp - b.timestamp || a.seq - b.seq);
  const turns: Turn[] = [];
  let current: Turn | null = null;
  let last: SessionEvent | null = null;
  for (const event of main) {
    if (event.type === 'session:turn' && event.phase === 'start') {
      if (current && last) settle(current, last, true);
      current = {
        number: turns.length + 1,
        recordId: event.recordId,
        prompt: event.prompt ?? null,
        startAt: event.timestamp,
        endAt: null,
        ending: null,
      };
      turns.push(current);
    } else if (current) {
      follow(current, event);
    }
    last = event;
  }
  if (current && last) settle(current, last, false);
  return turns;
}

/** The turn in which something happened; null before the first prompt. */
export function turnAt(turns: readonly Turn[], at: number): Turn | null {
  let [low, high] = [0, turns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((turns[middle]?.startAt ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return turns[low - 1] ?? null;
}

function isOfTurns(event: SessionEvent): boolean {
  if (event.type === 'session:tokens') {
    return event.agentId === null && event.context !== null;
  }
  if (event.type === 'session:turn' || event.type === 'session:complete') return true;
  const ofThread = event.type === 'session:tool' || event.type === 'session:message';
  return (ofThread || event.type === 'session:error') && event.agentId === null;
}

function follow(turn: Turn, event: SessionEvent): void {
  if (event.type === 'session:turn') {
    end(turn, event.timestamp, event.phase === 'interrupted' ? 'interrupted' : 'ended');
  } else if (event.type === 'session:error' && event.fatal) {
    end(turn, event.timestamp, 'failed');
  } else if (event.type === 'session:complete') {
    if (turn.endAt === null) end(turn, event.timestamp, 'cut-off');
  } else if (turn.ending === 'ended') {
    // A hook sent the model on after its last word.
    turn.endAt = null;
    turn.ending = null;
  }
}

function end(turn: Turn, at: number, ending: Turn['ending']): void {
  // How it ended was said first: a turn's duration comes after an interruption, too.
  if (turn.ending === 'interrupted' || turn.ending === 'failed') return;
  turn.endAt = at;
  turn.ending = ending;
}

function settle(turn: Turn, last: SessionEvent, isOver: boolean): void {
  if (turn.endAt !== null) return;
  const isClosed = last.type === 'session:message' && last.closing;
  if (!isOver && !isClosed) return;
  turn.endAt = Math.max(turn.startAt, last.timestamp);
  turn.ending = 'ended';
}
