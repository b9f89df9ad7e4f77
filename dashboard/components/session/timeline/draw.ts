import type { Axis, Bar, Mark, Timeline } from '@claude-optimizer/core/story';
import { formatClock, formatDuration, formatMoment, toolName } from '@/lib/format';
import type { Palette } from './palette';
import type { Span } from './span';
import { ticks } from './ticks';

export const ROW_HEIGHT = 20;
export const RULER_HEIGHT = 22;
export const MARKS_HEIGHT = 18;
const BAR_HEIGHT = 15;
const LEAST_WIDTH = 2;
const LABEL_FROM = 36;

export type Scene = {
  timeline: Timeline;
  marks: readonly Mark[];
  axis: Axis;
  span: Span;
  /** First row that is shown, in pixels. */
  scrollTop: number;
  selected: string | null;
  hovered: string | null;
  /** What is being selected by dragging, in pixels. */
  drag: { from: number; to: number } | null;
};

/** Where a moment is, in pixels from the left. */
export function placeOf(scene: Pick<Scene, 'axis' | 'span'>, at: number, width: number): number {
  const { axis, span } = scene;
  return ((axis.toShown(at) - span.from) / (span.to - span.from)) * width;
}

/** Draws the waterfall as it stands; what is outside or hidden by a neighbour costs nothing. */
export function draw(
  context: CanvasRenderingContext2D,
  { width, height }: { width: number; height: number },
  scene: Scene,
  colors: Palette,
): void {
  context.clearRect(0, 0, width, height);
  context.font = '11px "Inter Variable", Inter, system-ui, sans-serif';
  context.textBaseline = 'middle';
  const x = (at: number) => placeOf(scene, at, width);
  const top = RULER_HEIGHT + MARKS_HEIGHT;
  context.save();
  context.beginPath();
  context.rect(0, top, width, height - top);
  context.clip();
  drawGrid(context, scene, colors, { width, height });
  drawPauses(context, scene, colors, { width, height, x });
  drawBars(context, scene, colors, { width, height, x });
  drawWaits(context, scene, colors, { width, height, x });
  context.restore();
  drawRuler(context, scene, colors, width);
  drawMarks(context, scene, colors, { width, x });
  if (scene.drag) {
    context.fillStyle = colors.accent;
    context.globalAlpha = 0.15;
    const [from, to] = [scene.drag.from, scene.drag.to].sort((a, b) => a - b);
    context.fillRect(from ?? 0, 0, (to ?? 0) - (from ?? 0), height);
    context.globalAlpha = 1;
  }
}

type Frame = { width: number; height: number; x: (at: number) => number };

/** Where a row begins, in pixels from the top. */
export function rowTop(row: number, scrollTop: number): number {
  return RULER_HEIGHT + MARKS_HEIGHT + row * ROW_HEIGHT - scrollTop;
}

function drawGrid(
  context: CanvasRenderingContext2D,
  { timeline, axis, span, scrollTop }: Scene,
  colors: Palette,
  { width, height }: { width: number; height: number },
): void {
  context.fillStyle = colors.line;
  for (const tick of ticks(axis, span, width)) context.fillRect(Math.round(tick.x), 0, 1, height);
  context.fillStyle = colors.strong;
  for (const row of [timeline.toolsFrom, timeline.agentsFrom]) {
    if (row < timeline.rows) context.fillRect(0, rowTop(row, scrollTop) - 1, width, 1);
  }
}

// Between turns it is the person's move: a quiet ground over all rows, and how long it was.
function drawPauses(
  context: CanvasRenderingContext2D,
  scene: Scene,
  colors: Palette,
  { width, height, x }: Frame,
): void {
  for (const wait of scene.timeline.waits) {
    if (wait.kind !== 'prompt') continue;
    const [from, to] = [Math.max(0, x(wait.from)), Math.min(width, x(wait.to))];
    if (to <= from) continue;
    hatch(context, colors.strong, { left: from, top: 0, width: to - from, height });
    const words = formatDuration(wait.to - wait.from);
    const size = context.measureText(words).width;
    if (to - from < size + 10) continue;
    const middle = rowTop(0, scene.scrollTop) + BAR_HEIGHT / 2;
    context.fillStyle = colors.surface;
    context.fillRect((from + to - size) / 2 - 4, middle - 8, size + 8, 16);
    context.fillStyle = colors.ink2;
    context.fillText(words, (from + to - size) / 2, middle);
  }
}

function drawBars(
  context: CanvasRenderingContext2D,
  scene: Scene,
  colors: Palette,
  { width, height, x }: Frame,
): void {
  let [row, coveredTo] = [-1, 0];
  for (const bar of scene.timeline.bars) {
    if (bar.row !== row) [row, coveredTo] = [bar.row, -Infinity];
    const top = rowTop(bar.row, scene.scrollTop);
    if (top + ROW_HEIGHT < 0 || top > height) continue;
    const left = x(bar.from);
    const right = Math.max(left + LEAST_WIDTH, x(bar.to));
    if (right < 0 || left > width) continue;
    const isPointed = bar.id === scene.selected || bar.id === scene.hovered;
    // What would be drawn over its neighbour's pixels alone isn't; failures always show.
    if (right <= coveredTo && !isPointed && bar.outcome === null) continue;
    coveredTo = Math.max(coveredTo, Math.floor(right));
    const box = { left: Math.max(-4, left), top, right: Math.min(width + 4, right) };
    drawBar(context, bar, box, colors, isPointed);
  }
}

type Box = { left: number; top: number; right: number };

function drawBar(
  context: CanvasRenderingContext2D,
  bar: Bar,
  { left, top, right }: Box,
  colors: Palette,
  isPointed: boolean,
): void {
  // A pixel between neighbours, where there is one to spare.
  const width = right - left > 4 ? right - left - 1 : right - left;
  const size = { left, top: top + 2, width, height: BAR_HEIGHT };
  const { fill, ink, edge } = looksOf(bar, colors);
  // Where there is no room for an edge, its colour is all that can be seen.
  context.fillStyle = edge !== null && width <= 3 ? edge : fill;
  context.fillRect(size.left, size.top, size.width, size.height);
  if (bar.outcome === 'error' || bar.outcome === 'denied' || bar.outcome === 'interrupted') {
    // Not by colour alone: a bar that came to nothing has a thick foot.
    context.fillStyle = bar.outcome === 'denied' ? colors.warning : colors.danger;
    context.fillRect(size.left, size.top + BAR_HEIGHT - 4, size.width, 4);
  }
  if (edge !== null && size.width > 3) {
    context.strokeStyle = edge;
    context.strokeRect(size.left + 0.5, size.top + 0.5, size.width - 1, BAR_HEIGHT - 1);
  }
  if (isPointed) {
    context.strokeStyle = colors.ink;
    context.lineWidth = 2;
    context.strokeRect(size.left - 1, size.top - 1, Math.max(4, size.width + 2), BAR_HEIGHT + 2);
    context.lineWidth = 1;
  }
  if (size.width < LABEL_FROM) return;
  context.save();
  context.beginPath();
  context.rect(size.left, size.top, size.width - 3, size.height);
  context.clip();
  context.fillStyle = ink;
  context.fillText(barWords(bar), Math.max(size.left, 0) + 5, size.top + BAR_HEIGHT / 2 + 0.5);
  context.restore();
}

/** A bar's name and what it is about, in one line. */
export function barWords(bar: Bar): string {
  const name = bar.kind === 'tool' ? toolName(bar.name) : bar.name;
  return bar.label === '' ? name : `${name}  ${bar.label}`;
}

function looksOf(bar: Bar, colors: Palette): { fill: string; ink: string; edge: string | null } {
  if (bar.kind === 'tool' && (bar.outcome === 'error' || bar.outcome === 'denied')) {
    return { fill: colors.dangerSoft, ink: colors.ink, edge: colors.danger };
  }
  switch (bar.kind) {
    case 'turn':
      return { fill: colors.sunken, ink: colors.ink, edge: colors.strong };
    case 'model':
      return { fill: colors.info, ink: colors.surface, edge: null };
    case 'tool':
      return { fill: colors.accent, ink: colors.onAccent, edge: null };
    case 'agent':
      return { fill: colors.accentSoft, ink: colors.ink, edge: colors.accent };
  }
}

// Questions and permissions: the tool's own bar, hatched for as long as it waited.
function drawWaits(
  context: CanvasRenderingContext2D,
  scene: Scene,
  colors: Palette,
  { width, height, x }: Frame,
): void {
  const rows = new Map(scene.timeline.bars.map(({ id, row }) => [id, row]));
  for (const wait of scene.timeline.waits) {
    const row = wait.toolUseId === null ? undefined : rows.get(wait.toolUseId);
    if (row === undefined) continue;
    const top = rowTop(row, scene.scrollTop) + 2;
    const [left, right] = [Math.max(0, x(wait.from)), Math.min(width, x(wait.to))];
    if (right - left < 1 || top > height) continue;
    const box = { left, top, width: right - left, height: BAR_HEIGHT };
    context.fillStyle = colors.surface;
    context.globalAlpha = 0.85;
    context.fillRect(box.left, box.top, box.width, box.height);
    context.globalAlpha = 1;
    hatch(context, colors.warning, box);
    context.strokeStyle = colors.warning;
    context.strokeRect(left + 0.5, top + 0.5, Math.max(0, box.width - 1), BAR_HEIGHT - 1);
    const name = wait.kind === 'question' ? 'question' : 'permission';
    const words = `${name}${wait.likely ? '?' : ''} ${formatDuration(wait.to - wait.from)}`;
    const size = context.measureText(words).width;
    if (box.width < size + 12) continue;
    context.fillStyle = colors.surface;
    context.fillRect(left + 4, top + 2, size + 4, BAR_HEIGHT - 4);
    context.fillStyle = colors.warning;
    context.fillText(words, left + 6, top + BAR_HEIGHT / 2 + 0.5);
  }
}

function hatch(
  context: CanvasRenderingContext2D,
  color: string,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
): void {
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.strokeStyle = color;
  context.globalAlpha = 0.6;
  context.beginPath();
  const first = Math.floor((left - height) / 7) * 7;
  for (let at = first; at < left + width; at += 7) {
    context.moveTo(at, top + height);
    context.lineTo(at + height, top);
  }
  context.stroke();
  context.restore();
}

function drawRuler(
  context: CanvasRenderingContext2D,
  { axis, span }: Scene,
  colors: Palette,
  width: number,
): void {
  context.fillStyle = colors.surface;
  context.fillRect(0, 0, width, RULER_HEIGHT + MARKS_HEIGHT);
  context.fillStyle = colors.line;
  context.fillRect(0, RULER_HEIGHT + MARKS_HEIGHT - 1, width, 1);
  let day = '';
  for (const { at, x } of ticks(axis, span, width, 112)) {
    const today = new Date(at).toDateString();
    // The day where it begins, the time of day everywhere else.
    const text = today === day ? formatClock(at) : formatMoment(at).replace(/^\w+ | \d{4}/gu, '');
    day = today;
    context.fillStyle = colors.line;
    context.fillRect(Math.round(x), 0, 1, RULER_HEIGHT - 4);
    context.fillStyle = colors.ink3;
    context.fillText(text, Math.round(x) + 4, RULER_HEIGHT / 2);
  }
}

/** What stands for a mark where there is no room for an icon; each has a shape of its own. */
export const MARK_GLYPHS: Record<Mark['kind'], string> = {
  error: '✕',
  retry: '↻',
  denied: '⊘',
  compaction: '⇲',
  interruption: '■',
  objective: '✓',
  model: '⇄',
};

function drawMarks(
  context: CanvasRenderingContext2D,
  { marks }: Scene,
  colors: Palette,
  { width, x }: Pick<Frame, 'width' | 'x'>,
): void {
  context.save();
  context.textAlign = 'center';
  context.font = '12px system-ui, sans-serif';
  for (const mark of marks) {
    const at = x(mark.at);
    if (at < -8 || at > width + 8) continue;
    context.fillStyle = markColor(mark, colors);
    context.fillText(MARK_GLYPHS[mark.kind], at, RULER_HEIGHT + MARKS_HEIGHT / 2);
  }
  context.restore();
}

function markColor({ kind }: Mark, colors: Palette): string {
  switch (kind) {
    case 'error':
    case 'interruption':
      return colors.danger;
    case 'retry':
    case 'denied':
      return colors.warning;
    case 'compaction':
      return colors.info;
    case 'objective':
      return colors.good;
    case 'model':
      return colors.ink2;
  }
}
