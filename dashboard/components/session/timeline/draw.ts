import { drawBars } from './draw-bars';
import { drawMarks, drawRuler } from './draw-head';
import { drawPauses, drawWaits } from './draw-waits';
import type { Palette } from './palette';
import { MARKS_HEIGHT, placeOf, RULER_HEIGHT, rowTop, type Frame, type Scene } from './scene';
import { ticks } from './ticks';

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

function drawGrid(
  context: CanvasRenderingContext2D,
  { timeline, axis, span, scrollTop }: Scene,
  colors: Palette,
  { width, height }: Pick<Frame, 'width' | 'height'>,
): void {
  context.fillStyle = colors.line;
  for (const tick of ticks(axis, span, width)) context.fillRect(Math.round(tick.x), 0, 1, height);
  context.fillStyle = colors.strong;
  for (const row of [timeline.toolsFrom, timeline.agentsFrom]) {
    if (row < timeline.rows) context.fillRect(0, rowTop(row, scrollTop) - 1, width, 1);
  }
}
