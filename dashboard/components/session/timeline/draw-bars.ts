import type { Bar } from '@claude-optimizer/core/story';
import { toolName } from '@/lib/format';
import type { Palette } from './palette';
import { BAR_HEIGHT, ROW_HEIGHT, rowTop, type Frame, type Scene } from './scene';

const LEAST_WIDTH = 2;
const LABEL_FROM = 36;

/** The bars: turns, responses, tools and subagents, each in its row. */
export function drawBars(
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

// Its name and what it is about, in one line.
function barWords(bar: Bar): string {
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
