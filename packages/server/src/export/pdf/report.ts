import {
  entryWords,
  factsOf,
  figuresOf,
  modelBars,
  shownObjectives,
  shownTime,
  timeChart,
  titleOf,
  TOKEN_WORDS,
  tokenKinds,
  toolBars,
  type Bar,
  type Figure,
  type TimeChart,
} from '@claude-optimizer/core/export';
import {
  formatCost,
  groupDigits,
  type ExportedHead,
  type TimelineEntry,
} from '@claude-optimizer/protocol';
import type { Overview } from '../overview.js';
import { INK, type Paper } from './paper.js';

const CHART = 120;

/** The head of the document: what it is, its numbers, and of several sessions when and where. */
export function drawTitle(
  paper: Paper,
  { title, said, figures, byDay, byProject }: Overview,
): void {
  paper.text('Claude Code Optimizer', { size: 9, color: INK.accent, weight: 'bold' });
  paper.y += 18;
  paper.text(title, { size: title.length > 90 ? 17 : 23, weight: 'bold', most: 6 });
  paper.y += 6;
  for (const line of said) paper.text(line, { size: 9.5, color: INK.quiet });
  paper.y += 14;
  drawFigures(paper, figures);
  drawChart(paper, byDay, 'Tokens and cost by the day on which sessions began');
  drawBars(paper, 'Cost by project', byProject, (value) => formatCost(value));
}

/** Boxes with a number each, side by side. */
export function drawFigures(paper: Paper, figures: readonly Figure[]): void {
  const height = 58;
  const size = figures.some(({ value }) => value.length > 11) ? 12 : 15;
  paper.need(height + 16);
  const gap = 8;
  const width = (paper.width - gap * (figures.length - 1)) / figures.length;
  figures.forEach(({ name, value, note }, index) => {
    const x = paper.left + index * (width + gap);
    paper.frame(x, paper.y, width, height);
    const inner = width - 20;
    const put = (
      text: string,
      y: number,
      style: { size: number; color?: string; weight?: 'bold' },
    ) => {
      const [line] = paper.set(text, { ...style, width: inner, most: 1 });
      if (line) paper.draw(line, x + 10, paper.y + y, style);
    };
    put(name, 8, { size: 8.5, color: INK.quiet });
    put(value, 20, { size, weight: 'bold' });
    put(note, 42, { size: 7.5, color: INK.quiet });
  });
  paper.y += height + 16;
}

/** A session's chapter up to its timeline. `isOnly`: the document's title is the session's. */
export function drawHead(paper: Paper, head: ExportedHead, isOnly: boolean): void {
  paper.mark(titleOf(head));
  if (!isOnly) {
    paper.text(titleOf(head), { size: 15, weight: 'bold', most: 4 });
    paper.y += 8;
    drawFigures(paper, figuresOf(head.usage, head.unpriced.messages, head.incompleteResponses));
  }
  drawFacts(paper, factsOf(head));
  const chart = timeChart(head.usageOverTime.slots, head.usageOverTime.slotMs);
  drawChart(paper, chart, 'Tokens and cost over time');
  drawBars(paper, 'Cost by model', modelBars(head), (value) => formatCost(value));
  drawBars(paper, 'Tool calls', toolBars(head), groupDigits);
  drawObjectives(paper, head);
}

export function drawHeading(paper: Paper, text: string): void {
  paper.y += 14;
  paper.need(60);
  paper.text(text, { size: 12, weight: 'bold' });
  paper.y += 4;
}

export function drawNote(paper: Paper, text: string): void {
  paper.text(text, { size: 9, color: INK.quiet });
}

/** One line of the timeline: when, what, and what was said, in three columns. */
export function drawEntry(paper: Paper, entry: TimelineEntry): void {
  const { what, text, outcome } = entryWords(entry);
  const [time, kind] = [96, 84];
  const indent = entry.agentId === null ? 0 : 10;
  const said = [text, outcome === '' ? '' : `(${outcome})`]
    .filter((part) => part !== '')
    .join('  ');
  const width = paper.width - time - kind;
  const isPrompt = entry.kind === 'prompt';
  const style = { size: 9, most: isPrompt ? 8 : 4 };
  const lines = paper.set(said, { ...style, width });
  paper.need(Math.max(lines.length, 1) * 12.8 + 5);
  const [at] = paper.set(shownTime(entry.at), { size: 8, width: time });
  if (at) paper.draw(at, paper.left, paper.y + 1, { size: 8, color: INK.quiet });
  const color = isPrompt
    ? INK.accent
    : entry.kind === 'error' || entry.outcome === 'error'
      ? INK.bad
      : INK.text;
  const bold = { size: 8.5, weight: isPrompt ? ('bold' as const) : ('regular' as const) };
  const [word] = paper.set(what, { ...bold, width: kind - indent - 6, most: 1 });
  if (word) paper.draw(word, paper.left + time + indent, paper.y + 0.5, { ...bold, color });
  for (const line of lines) {
    paper.draw(line, paper.left + time + kind, paper.y, { ...style, width });
    paper.y += 12.8;
  }
  if (lines.length === 0) paper.y += 12.8;
  paper.rule(paper.y + 1.5);
  paper.y += 5;
}

function drawFacts(paper: Paper, facts: readonly (readonly [string, string])[]): void {
  const name = 124;
  for (const [what, value] of facts) {
    const lines = paper.set(value, { size: 9.5, width: paper.width - name, most: 6 });
    paper.need(lines.length * 13.5 + 3);
    const [word] = paper.set(what, { size: 9.5, width: name });
    if (word) paper.draw(word, paper.left, paper.y, { size: 9.5, color: INK.quiet });
    for (const line of lines) {
      paper.draw(line, paper.left + name, paper.y, { size: 9.5 });
      paper.y += 13.5;
    }
    paper.y += 3;
  }
}

function drawChart(paper: Paper, chart: TimeChart | null, title: string): void {
  if (!chart) return;
  drawHeading(paper, title);
  paper.need(CHART + 40);
  const top = paper.y;
  for (const { x, width, parts } of chart.columns) {
    let y = top + CHART;
    for (const { kind, share } of parts) {
      const height = share * CHART;
      y -= height;
      const wide = Math.max(width * paper.width - 0.6, 0.8);
      paper.box(paper.left + x * paper.width, y, wide, height, INK[kind]);
    }
  }
  const start = { x: paper.left, y: top + CHART };
  const points = chart.cost.map(({ x, y }) => ({
    x: paper.left + x * paper.width,
    y: top + CHART - y * CHART,
  }));
  paper.curve([start, ...points], INK.text);
  paper.rule(top + CHART);
  paper.y = top + CHART + 6;
  let x = paper.left;
  const legend = [
    ...tokenKinds.map((kind) => [TOKEN_WORDS[kind], INK[kind]] as const),
    [`Cost so far, to ${formatCost(chart.costMicrodollars)}`, INK.text] as const,
  ];
  for (const [word, color] of legend) {
    const isCost = color === INK.text;
    paper.box(x, paper.y + (isCost ? 5 : 2), 8, isCost ? 1.2 : 7, color);
    const [line] = paper.set(word, { size: 8, width: 200 });
    if (line) {
      paper.draw(line, x + 12, paper.y, { size: 8, color: INK.quiet });
      x += line.width + 28;
    }
  }
  paper.y += 13;
  drawNote(
    paper,
    `${shownTime(chart.from)} to ${shownTime(chart.to)}; the tallest column is ${groupDigits(chart.mostTokens)} tokens.`,
  );
}

function drawBars(
  paper: Paper,
  title: string,
  all: readonly Bar[],
  shown: (value: number) => string,
): void {
  if (all.length === 0) return;
  paper.need(all.length * 15 + 40);
  drawHeading(paper, title);
  const [name, value] = [170, 70];
  const room = paper.width - name - value;
  for (const bar of all) {
    paper.need(15);
    const [word] = paper.set(bar.name, { size: 9, width: name - 10, most: 1 });
    if (word) paper.draw(word, paper.left, paper.y, { size: 9 });
    paper.box(paper.left + name, paper.y + 2.5, Math.max(bar.share * room, 0.8), 7.5, INK.accent);
    const [sum] = paper.set(shown(bar.value), { size: 9, width: value });
    if (sum) paper.draw(sum, paper.left + paper.width - sum.width, paper.y, { size: 9 });
    paper.y += 15;
  }
}

function drawObjectives(paper: Paper, head: ExportedHead): void {
  drawHeading(paper, 'Objectives');
  const { shown, note } = shownObjectives(head);
  const words = { completed: 'done', in_progress: 'in progress', pending: 'open', removed: '' };
  for (const { text, status } of shown) {
    const width = paper.width - 92;
    const lines = paper.set(text, { size: 9.5, width, most: 6 });
    paper.need(lines.length * 13.5 + 4);
    const color =
      status === 'completed' ? INK.good : status === 'in_progress' ? INK.accent : INK.quiet;
    drawMark(paper, status === 'completed', color);
    const [word] = paper.set(words[status], { size: 8.5, width: 70 });
    if (word)
      paper.draw(word, paper.left + paper.width - word.width, paper.y, { size: 8.5, color });
    for (const line of lines) {
      paper.draw(line, paper.left + 16, paper.y, { size: 9.5, width });
      paper.y += 13.5;
    }
    paper.y += 4;
  }
  if (note !== '') drawNote(paper, note);
}

/** A box, ticked when the objective is completed. */
function drawMark(paper: Paper, isDone: boolean, color: string): void {
  const [x, y] = [paper.left, paper.y + 2];
  const corners = [
    [0, 0],
    [8, 0],
    [8, 8],
    [0, 8],
    [0, 0],
  ] as const;
  paper.curve(
    corners.map(([dx, dy]) => ({ x: x + dx, y: y + dy })),
    color,
  );
  if (!isDone) return;
  const tick = [
    [1.8, 4.2],
    [3.6, 6],
    [6.4, 2],
  ] as const;
  paper.curve(
    tick.map(([dx, dy]) => ({ x: x + dx, y: y + dy })),
    color,
  );
}
