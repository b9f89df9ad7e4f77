import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../scripts/lib/chromium.mjs';
import type { Undo } from './undo.js';

/** A Chromium of its own, closed at the end; null, said loudly, where there is none. */
export async function openChromium(undo: Undo): Promise<Browser | null> {
  const executablePath = await findChromium();
  if (executablePath === null) {
    console.log('NO CHROMIUM: what is painted is not measured (set CHROMIUM_PATH)');
    return null;
  }
  // As root, in containers, Chromium has no sandbox of its own.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({
    executablePath,
    args: ['--disable-dev-shm-usage', '--disable-background-networking', ...asRoot],
  });
  undo.defer(() => browser.close());
  return browser;
}
