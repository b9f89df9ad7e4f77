// `npm run dev`: server and dashboard with reload; `server` or `dashboard` runs only that one.
// Arguments after the names go to the server: `npm run server -- --log-level debug`.
import { inRepo, ROOT } from './lib/places.mjs';
import { build } from './lib/build.mjs';
import { buildIsStale } from './lib/build-stamp.mjs';
import { makeReady, orExit } from './lib/ready.mjs';

const DASHBOARD_PORT = process.env.DASHBOARD_PORT ?? '3000';
const [first = '', ...others] = process.argv.slice(2);
const only = first === 'server' || first === 'dashboard' ? first : null;
const serverArgs = only === null ? process.argv.slice(2) : others;

await makeReady({ build: false });
// The dashboard takes protocol and fold from their builds; tsc itself is quick when nothing changed.
if (buildIsStale('packages')) await orExit(() => build('packages'));

const node = JSON.stringify(process.execPath);
const commands = [
  {
    name: 'server',
    command: [
      `${node} node_modules/tsx/dist/cli.mjs watch --clear-screen=false`,
      '--conditions=@claude-optimizer/source packages/cli/src/main.ts start',
      ...serverArgs.map((arg) => JSON.stringify(arg)),
    ].join(' '),
    cwd: ROOT,
    env: { CLAUDE_OPTIMIZER_DEV_ORIGIN: `http://localhost:${DASHBOARD_PORT}` },
  },
  {
    name: 'dashboard',
    command: `${node} ${inRepo('node_modules/next/dist/bin/next')} dev --port ${DASHBOARD_PORT}`,
    cwd: inRepo('dashboard'),
    env: { NEXT_TELEMETRY_DISABLED: '1' },
  },
].filter(({ name }) => only === null || name === only);

const { concurrently } = await import('concurrently');
const { result } = concurrently(commands, {
  killOthersOn: ['failure', 'success'],
  prefixColors: 'auto',
  ...(only !== null && { raw: true }),
});
// Each command's own exit has been shown; ended by Ctrl-C is how this is meant to end.
await result.catch(() => {
  process.exitCode = 1;
});
