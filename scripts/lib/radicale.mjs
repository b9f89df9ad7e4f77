import fs from 'node:fs';
import path from 'node:path';
import { hasAptAsRoot, installByApt } from './apt.mjs';
import { StepFailed } from './step.mjs';

/** Path of Radicale (a CalDAV server) on this machine: `RADICALE_PATH` or on the path; else null. */
export function findRadicale(env = process.env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const candidates = [env.RADICALE_PATH, ...folders.map((folder) => path.join(folder, 'radicale'))];
  return candidates.find((file) => file && fs.existsSync(file)) ?? null;
}

/** Finds Radicale or installs it; null when neither works here. */
export async function ensureRadicale() {
  if (findRadicale() === null && hasAptAsRoot()) {
    try {
      await installByApt('Installing Radicale for the CalDAV tests', 'radicale');
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      console.error(error.message);
    }
  }
  return findRadicale();
}
