import fs from 'node:fs';
import { runStep } from './step.mjs';

/** Whether Debian packages can be installed here without asking anybody. */
export function hasAptAsRoot() {
  return process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get');
}

/** Installs Debian packages. Throws StepFailed. */
export async function installByApt(label, ...packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runStep('Reading the package lists', 'apt-get', ['update', '-q'], { env });
  const args = ['install', '-y', '-q', '--no-install-recommends', ...packages];
  await runStep(label, 'apt-get', args, { env });
}
