import fs from 'node:fs';
import path from 'node:path';
import { hasAptAsRoot, installByApt } from './apt.mjs';
import { inRepo } from './places.mjs';
import { runStep, StepFailed } from './step.mjs';

const LABEL = 'Installing Chromium for the browser tests';
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Path of a Chromium on this machine: `CHROMIUM_PATH`, one on the path, or the one that Playwright
 * has installed; null when there is none.
 */
export async function findChromium(env = process.env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const onPath = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  const { chromium } = await import('playwright-core');
  const candidates = [env.CHROMIUM_PATH, ...onPath, ...MAC_APPS, chromium.executablePath()];
  return candidates.find((file) => file && fs.existsSync(file)) ?? null;
}

/** Finds a Chromium or installs one; null when neither works here. */
export async function ensureChromium() {
  const found = await findChromium();
  if (found !== null) return found;
  try {
    if (hasAptAsRoot()) await installByApt(LABEL, 'chromium');
    else await installByPlaywright();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    console.error(error.message);
  }
  return findChromium();
}

async function installByPlaywright() {
  const cli = inRepo('node_modules/playwright-core/cli.js');
  const label = 'Downloading Chromium for the browser tests';
  await runStep(label, process.execPath, [cli, 'install', 'chromium']);
}
