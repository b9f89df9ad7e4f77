import type { Mark } from '@claude-optimizer/core/story';
import { formatClock, formatMoment } from '@/lib/format';
import type { Palette } from './palette';
import { MARKS_HEIGHT, RULER_HEIGHT, type Frame, type Scene } from './scene';
import { ticks } from './ticks';

/** The time along the top: the day where it begins, then the time of day. */
export function drawRuler(
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

/** What happened besides, below the ruler. */
export function drawMarks(
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
