/** A hidden page gets no frames: it works through what came once in a while. */
const HIDDEN_MS = 1_000;

/** A `request` that runs `work` once in the next frame, however often it is called before. */
export function onceAFrame(work: () => void): () => void {
  let frame: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const run = () => {
    if (frame !== null) cancelAnimationFrame(frame);
    if (timer !== null) clearTimeout(timer);
    frame = null;
    timer = null;
    work();
  };
  return () => {
    if (timer !== null) return;
    frame = requestAnimationFrame(run);
    timer = setTimeout(run, HIDDEN_MS);
  };
}
