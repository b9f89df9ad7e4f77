import type { EventOf, SessionEvent } from '@claude-optimizer/protocol';

/** The kinds by which the feed can be narrowed. */
export const ACTIVITY_KINDS = ['all', 'talk', 'tools', 'objectives', 'problems'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** One row: an event, or a tool's use and result in one. */
export type ActivityRow = {
  key: string;
  event: SessionEvent;
  /** The result of a tool whose use is `event`, once it is there. */
  end: EventOf<'session:tool'> | null;
};

/**
 * Rows of the feed, the newest first; what only feeds numbers and headers is left out. The order
 * is by time: a subagent's transcript may have been read after the end of the session.
 */
export function activityRows(events: readonly SessionEvent[], kind: ActivityKind): ActivityRow[] {
  const rows: ActivityRow[] = [];
  const open = new Map<string, ActivityRow>();
  const agentsSaid = new Set<string>();
  for (const event of events) {
    if (event.type === 'session:tool' && event.phase === 'end') {
      const row = open.get(event.toolUseId);
      if (row) {
        row.end = event;
        continue;
      }
    }
    if (!isShown(event)) continue;
    if (event.type === 'session:agent') {
      // Said twice: by the tool that starts it, and by its own transcript.
      const said = `${event.toolUseId ?? event.agentId} ${event.status}`;
      if (agentsSaid.has(said)) continue;
      agentsSaid.add(said);
    }
    const row: ActivityRow = { key: String(event.seq), event, end: null };
    if (event.type === 'session:tool') {
      if (event.phase === 'start') open.set(event.toolUseId, row);
      else row.end = event;
    }
    rows.push(row);
  }
  rows.sort((a, b) => b.event.timestamp - a.event.timestamp || b.event.seq - a.event.seq);
  return rows.filter((row, index) => {
    // Several records tell the same end of a turn; the last one knows how long it took.
    if (isTurnEnd(row.event) && isTurnEnd(rows[index - 1]?.event)) return false;
    return kind === 'all' || kindOf(row) === kind;
  });
}

function isTurnEnd(event: SessionEvent | undefined): boolean {
  return event?.type === 'session:turn' && event.phase === 'end';
}

function isShown(event: SessionEvent): boolean {
  switch (event.type) {
    case 'session:tokens':
    case 'session:info':
      return false;
    case 'session:start':
      return event.visible;
    default:
      return true;
  }
}

function kindOf({ event, end }: ActivityRow): ActivityKind {
  switch (event.type) {
    case 'session:tool':
      return end !== null && end.outcome !== 'ok' ? 'problems' : 'tools';
    case 'session:objective':
      return 'objectives';
    case 'session:error':
      return 'problems';
    default:
      return 'talk';
  }
}
