#!/usr/bin/env node
// CommonJS, as package.json beside it says: to load it as a module takes a fifth of a status line.
const { existsSync } = require('node:fs');
const path = require('node:path');

const build = path.join(__dirname, '../build');
if (!existsSync(path.join(build, 'main.js'))) {
  console.error('claude-optimizer is not built yet. Run `npm run build` in its folder first.');
  process.exit(1);
}
const [command, next = ''] = process.argv.slice(2);
const isLine = command === 'statusline' && /^(?:--data-dir(?:=.*)?)?$/u.test(next);
const isReport = ['report', 'daily', 'weekly', 'monthly', 'session', 'blocks'].includes(command);
if (isLine) require('../build/status-line.js');
else {
  // Before anything is compiled: V8 refuses what it made under other flags.
  if (!isReport) require('../build/memory.js').keepMemorySmall();
  require('./run-compiled.js')(path.join(build, isReport ? 'report.js' : 'main.js'));
}
