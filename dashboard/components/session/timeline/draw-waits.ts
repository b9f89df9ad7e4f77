import { formatDuration } from '@/lib/format';
import type { Palette } from './palette';
import { BAR_HEIGHT, rowTop, type Frame, type Scene } from './scene';

/** Between turns it is the person's move: a quiet ground over all rows, and how long it was. */
export function drawPauses(
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

/** Questions and permissions: the tool's own bar, hatched for as long as it waited. */
export function drawWaits(
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
