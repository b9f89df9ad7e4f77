import type { Log } from '@claude-optimizer/server';

/** Opens the page; where there is no browser, the printed URL must do. */
export async function openInBrowser(url: string, log: Log): Promise<void> {
  try {
    const { default: open } = await import('open');
    const child = await open(url);
    child.on('error', (error) => log.warn({ err: error }, 'no browser could be opened'));
  } catch (error) {
    log.warn({ err: error }, 'no browser could be opened');
  }
}
