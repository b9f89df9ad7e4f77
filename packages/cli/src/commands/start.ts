import { readConfig, type Flags } from '@claude-optimizer/server/config';
import { findInWorker } from '@claude-optimizer/server/transcripts';
import { stopAsked } from '../stop-asked.js';

/** What asked to close may take; all that was read is in the store by then, whatever remains. */
const CLOSE_MS = 1_800;

/** Where a daemon that has just begun can be asked, and with which token. */
type Ready = { url: string; token: string };

/**
 * Runs the daemon until it is asked to stop, then ends the process. Prints one line on stdout, the
 * URL, once it can be asked, and calls `onReady`. Throws OptimizerError when it can't start.
 */
export async function start(flags: Flags, onReady?: (ready: Ready) => void): Promise<never> {
  const config = readConfig({ flags });
  const stop = stopAsked();
  // Both take a while: the transcripts are looked for while the rest is being loaded.
  const found = findInWorker(config.claudeDirs);
  const { claimDaemon, createLog } = await import('@claude-optimizer/server/daemon');
  const { startOnFreePort } = await import('../start-on-free-port.js');
  const log = createLog({ level: config.logLevel });
  const claim = await claimDaemon(config.dataDir, Date.now());
  process.on('exit', () => claim.release());
  const running = await startOnFreePort(config, log, found);
  claim.announce(running);
  process.stdout.write(`Claude Code Optimizer is ready: ${running.url}\n`);
  onReady?.(running);
  if (config.open) {
    const { openInBrowser } = await import('../open-in-browser.js');
    await openInBrowser(running.url, log);
  }
  log.info({ signal: await stop }, 'closing');
  const late = setTimeout(() => {
    log.warn('not everything closed in time');
    process.exit(0);
  }, CLOSE_MS);
  await running.close();
  clearTimeout(late);
  process.exit(0);
}
