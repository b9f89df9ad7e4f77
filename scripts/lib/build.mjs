import { beginBuild, buildIsStale } from './build-stamp.mjs';
import { inRepo } from './places.mjs';
import { runStep } from './step.mjs';

const STEPS = {
  packages: [
    { label: 'Building the packages', args: [inRepo('node_modules/typescript/bin/tsc'), '-b'] },
    { label: 'Bundling the command', args: [inRepo('scripts/bundle.mjs')] },
  ],
  dashboard: [
    {
      label: 'Building the dashboard',
      args: [inRepo('node_modules/next/dist/bin/next'), 'build', inRepo('dashboard')],
    },
  ],
};

/** Builds one target (`packages`, `dashboard`) whatever its stamp says. */
export async function build(name) {
  const finished = beginBuild(name);
  // NODE_ENV: a caller's `development` or `test` would change what Next builds.
  const env = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  for (const { label, args } of STEPS[name]) await runStep(label, process.execPath, args, { env });
  finished();
}

/** Builds what is stale; the dashboard needs the packages, so they come first. */
export async function ensureBuilt() {
  for (const name of ['packages', 'dashboard']) {
    if (buildIsStale(name)) await build(name);
  }
}
