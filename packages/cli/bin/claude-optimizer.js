#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../build/main.js', import.meta.url);
if (!existsSync(main)) {
  console.error('claude-optimizer is not built yet. Run `npm run build` in its folder first.');
  process.exit(1);
}
const [command, next] = process.argv.slice(2);
const isLine = command === 'statusline' && (next === undefined || next === '--data-dir');
await import(isLine ? new URL('../build/status-line.js', import.meta.url).href : main.href);
