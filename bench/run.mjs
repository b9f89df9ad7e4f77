import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inRepo } from '../scripts/lib/places.mjs';
import { makeReady } from '../scripts/lib/ready.mjs';

// The figures are those of the built product: what is stale is built first.
await makeReady();
const child = spawn(
  process.execPath,
  ['--import', 'tsx', inRepo('bench/main.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
// Ctrl+C reaches the child by itself; a signal to this process alone is passed on.
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGINT', () => {});
const [code] = await once(child, 'exit');
process.exitCode = code ?? 1;
