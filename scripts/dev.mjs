// `npm run dev`: server and dashboard with reload; `server` or `dashboard` runs only that one.
// Further arguments go to the server: `npm run server -- --log-level debug`.
import { buildIsStale } from './lib/build-stamp.mjs';
import { build } from './lib/build.mjs';
import { inRepo, ROOT } from './lib/places.mjs';
import { endWithParent } from './lib/parent.mjs';
import { makeReady, orExit } from './lib/ready.mjs';

const SERVER_PORT = process.env.PORT ?? '3001';
const DASHBOARD_PORT = process.env.DASHBOARD_PORT ?? '3000';
const args = process.argv.slice(2);
const only = ['server', 'dashboard'].includes(args[0]) ? args.shift() : null;

endWithParent();
await makeReady({ build: false });
// The dashboard takes protocol and fold from their builds.
if (buildIsStale('packages')) await orExit(() => build('packages'));

/** A word as the shell takes it. */
const word = (text) => (/^[\w@=./:-]+$/u.test(text) ? text : JSON.stringify(text));
const tool = (file) => word(inRepo('node_modules', file));
const commands = [
  {
    name: 'server',
    command: [
      `node ${tool('tsx/dist/cli.mjs')} watch --clear-screen=false`,
      '--conditions=@claude-optimizer/source packages/cli/src/main.ts start',
      ...['--port', SERVER_PORT, ...args].map(word),
    ].join(' '),
    cwd: ROOT,
    env: { CLAUDE_OPTIMIZER_DEV_ORIGIN: `http://localhost:${DASHBOARD_PORT}` },
  },
  {
    name: 'dashboard',
    command: `node ${tool('next/dist/bin/next')} dev --hostname localhost --port ${DASHBOARD_PORT}`,
    cwd: inRepo('dashboard'),
    env: {
      // Next passes on to it what the page asks of its own origin.
      CLAUDE_OPTIMIZER_SERVER: `http://127.0.0.1:${SERVER_PORT}`,
      NEXT_TELEMETRY_DISABLED: '1',
    },
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
