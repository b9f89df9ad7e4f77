/** What is shown of the axis, in its own ms: from where to where. */
export type Span = { from: number; to: number };

/** Closer than that nothing more is to be seen. */
const LEAST_MS = 20;

/** The span kept within the axis, and no shorter than can be seen. */
export function within(span: Span, length: number): Span {
  const size = Math.max(Math.min(span.to - span.from, length), Math.min(LEAST_MS, length));
  const from = Math.max(0, Math.min(span.from, length - size));
  return { from, to: from + size };
}

/** The span made shorter (`factor` < 1) or longer around a place in it that stays where it is. */
export function zoomed(span: Span, factor: number, around: number, length: number): Span {
  const size = Math.max(LEAST_MS, (span.to - span.from) * factor);
  const share = span.to === span.from ? 0.5 : (around - span.from) / (span.to - span.from);
  const from = around - share * size;
  return within({ from, to: from + size }, length);
}

/** The span moved along by a share of itself. */
export function moved(span: Span, share: number, length: number): Span {
  const by = (span.to - span.from) * share;
  return within({ from: span.from + by, to: span.to + by }, length);
}

/** The span moved, and no more than needed, until `at` is in it, not at its very edge. */
export function showing(span: Span, { from, to }: Span, length: number): Span {
  const size = span.to - span.from;
  if (from >= span.from && Math.min(to, from + size * 0.1) <= span.to) return span;
  const start = from - size * 0.1;
  return within({ from: start, to: start + size }, length);
}
