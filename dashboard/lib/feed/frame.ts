/** One frame at 60 a second. */
const FRAME_MS = 1_000 / 60;
/** A hidden page gets no frames: it works through what came once in a while. */
const HIDDEN_MS = 1_000;

/**
 * A `request` that runs `work` at most once a frame, however often it is called: at once when the
 * last run is a frame ago (waiting for the next frame would only add to the delay), otherwise in
 * the next frame.
 */
export function onceAFrame(work: () => void): () => void {
  let frame: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let ranAt = -Infinity;
  const run = () => {
    if (frame !== null) cancelAnimationFrame(frame);
    if (timer !== null) clearTimeout(timer);
    frame = null;
    timer = null;
    ranAt = performance.now();
    work();
  };
  return () => {
    if (timer !== null) return;
    if (document.visibilityState === 'visible' && performance.now() - ranAt >= FRAME_MS) {
      run();
      return;
    }
    frame = requestAnimationFrame(run);
    timer = setTimeout(run, HIDDEN_MS);
  };
}
