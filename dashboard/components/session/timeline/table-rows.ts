import type { Mark, Timeline } from '@claude-optimizer/core/story';
import { MARK_LOOKS } from '../story/mark-looks';
import { barName, barState, barThread } from './bar-text';

export type TableRow = {
  at: number;
  /** How long it took; null for what has no length. */
  ms: number | null;
  name: string;
  text: string;
  state: string;
  place: string | null;
  /** Within a turn. */
  isInner: boolean;
};

const WAITS = { prompt: 'Next prompt', question: 'Answer', permission: 'Permission' };

/** What the bars, waits and marks say, as rows in order of time; the model's own time is left out. */
export function tableRows(timeline: Timeline, marks: readonly Mark[]): TableRow[] {
  const bars = timeline.bars
    .filter(({ kind }) => kind !== 'model')
    .map((bar) => ({
      at: bar.from,
      ms: bar.to - bar.from,
      name: barName(bar),
      text: bar.label,
      state: [barState(bar), barThread(bar, timeline)].filter(Boolean).join(' · '),
      place: bar.place,
      isInner: bar.kind !== 'turn',
    }));
  const waits = timeline.waits.map(({ from, to, kind, likely, toolUseId }) => ({
    at: from,
    ms: to - from,
    name: `Waiting: ${WAITS[kind]}`,
    text: '',
    state: likely ? 'likely' : '',
    place: toolUseId,
    isInner: toolUseId !== null,
  }));
  const marked = marks
    .filter(({ kind }) => kind !== 'denied')
    .map(({ at, kind, text, place }) => ({
      ...{ at, ms: null, name: MARK_LOOKS[kind].name, text, state: '', place, isInner: true },
    }));
  return [...bars, ...waits, ...marked].sort((a, b) => a.at - b.at);
}
