import {
  figuresOf,
  redactionNote,
  shownTime,
  titleOf,
  type Figure,
} from '@claude-optimizer/core/export';
import { addUsage, NO_USAGE, type ExportedHead, type Usage } from '@claude-optimizer/protocol';
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
};

/** Looks at all sessions once, so that the sums can stand in front of them. */
export async function overviewOf(exported: Exported, exportedAt: string): Promise<Overview> {
  let sessions = 0;
  let usage = NO_USAGE;
  let unpriced = 0;
  let incomplete = 0;
  let [from, to] = ['', ''];
  let only: ExportedHead | null = null;
  for await (const head of exported.heads()) {
    only = sessions === 0 ? head : null;
    sessions += 1;
    usage = addUsage(usage, head.usage);
    unpriced += head.unpriced.messages;
    incomplete += head.incompleteResponses;
    if (from === '' || head.startedAt < from) from = head.startedAt;
    if (head.lastAt > to) to = head.lastAt;
  }
  const span = sessions === 0 ? '' : `${shownTime(from)} to ${shownTime(to)}`;
  const note = redactionNote(exported.redactions);
  return {
    title: only
      ? titleOf(only)
      : `${sessions === 0 ? 'No' : String(sessions)} sessions of Claude Code`,
    said: [
      ...(span === '' ? ['No session is like that.'] : [span]),
      `Exported ${shownTime(exportedAt)} by Claude Code Optimizer.`,
      ...(note === '' ? [] : [note]),
    ],
    ...{ sessions, usage, from, to },
    figures: figuresOf(usage, unpriced, incomplete),
  };
}
