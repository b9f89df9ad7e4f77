// `npm start`: installs and builds what is stale, then becomes `claude-optimizer start`.
import { pathToFileURL } from 'node:url';
import { inRepo } from './lib/places.mjs';
import { endWithParent } from './lib/parent.mjs';
import { makeReady } from './lib/ready.mjs';

endWithParent();
await makeReady();

// In this very process, so that signals and exit codes are the product's own.
const binary = inRepo('packages/cli/bin/claude-optimizer.js');
process.argv = [process.execPath, binary, 'start', ...process.argv.slice(2)];
await import(pathToFileURL(binary).href);
