const LOOK_EVERY_MS = 500;

/**
 * Ends this process (by SIGTERM, as if it had been asked) once the one that started it is gone.
 * A signal to `npm start` reaches only npm and its shell, which end without passing it on.
 */
export function endWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS);
  timer.unref();
}
