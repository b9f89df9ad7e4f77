import {
  bars,
  figuresOf,
  redactionNote,
  shownTime,
  timeChart,
  titleOf,
  type Bar,
  type Figure,
  type TimeChart,
} from '@claude-optimizer/core/export';
import {
  addUsage,
  groupDigits,
  NO_USAGE,
  type ExportedHead,
  type Usage,
} from '@claude-optimizer/protocol';
import type { Exported } from './exported.js';

/** What stands at the head of a document for people. */
export type Overview = {
  title: string;
  /** What it is, when it was made, what was left out. */
  said: string[];
  sessions: number;
  usage: Usage;
  figures: Figure[];
  /** The first and last sign of life of all (ISO); empty without any. */
  from: string;
  to: string;
  /** Of several sessions: usage by the day on which each began, and cost by project. */
  byDay: TimeChart | null;
  byProject: Bar[];
};

const DAY = 24 * 3_600_000;
/** So many columns are told apart on paper. */
const COLUMNS = 90;
const PROJECTS = 10;

/** Looks at all sessions once, so that the sums can stand in front of them. */
export async function overviewOf(exported: Exported, exportedAt: string): Promise<Overview> {
  let sessions = 0;
  let usage = NO_USAGE;
  let unpriced = 0;
  let incomplete = 0;
  let [from, to] = ['', ''];
  const days = new Map<number, Usage>();
  const projects = new Map<string, number>();
  let only: ExportedHead | null = null;
  for await (const head of exported.heads()) {
    only = sessions === 0 ? head : null;
    sessions += 1;
    usage = addUsage(usage, head.usage);
    unpriced += head.unpriced.messages;
    incomplete += head.incompleteResponses;
    if (from === '' || head.startedAt < from) from = head.startedAt;
    if (head.lastAt > to) to = head.lastAt;
    const day = Math.floor(Date.parse(head.startedAt) / DAY);
    days.set(day, addUsage(days.get(day) ?? NO_USAGE, head.usage));
    const project = head.project ?? 'no project';
    const cost = (projects.get(project) ?? 0) + (head.usage.costMicrodollars ?? 0);
    projects.set(project, cost);
  }
  const span = sessions === 0 ? '' : `${shownTime(from)} to ${shownTime(to)}`;
  const note = redactionNote(exported.redactions);
  return {
    title: only
      ? titleOf(only)
      : `${sessions === 0 ? 'No' : groupDigits(sessions)} sessions of Claude Code`,
    said: [
      ...(span === '' ? ['No session is like that.'] : [span]),
      `Exported ${shownTime(exportedAt)} by Claude Code Optimizer.`,
      ...(note === '' ? [] : [note]),
    ],
    ...{ sessions, usage, from, to },
    figures: figuresOf(usage, unpriced, incomplete),
    byDay: only ? null : chartOf(days),
    byProject: only
      ? []
      : bars(
          [...projects].map(([name, value]) => ({ name, value })),
          PROJECTS,
        ),
  };
}

/** Days put together to as many columns as there is room for. */
function chartOf(days: ReadonlyMap<number, Usage>): TimeChart | null {
  const first = Math.min(...days.keys());
  const width = Math.max(1, Math.ceil((Math.max(...days.keys()) - first + 1) / COLUMNS));
  const slots = new Map<number, Usage>();
  for (const [day, usage] of days) {
    const slot = day - ((day - first) % width);
    slots.set(slot, addUsage(slots.get(slot) ?? NO_USAGE, usage));
  }
  const inOrder = [...slots].sort(([a], [b]) => a - b);
  return timeChart(
    inOrder.map(([day, usage]) => ({ at: new Date(day * DAY).toISOString(), usage })),
    width * DAY,
  );
}
