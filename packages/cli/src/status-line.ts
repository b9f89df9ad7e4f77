import { readFileSync } from 'node:fs';
import { lineFor } from '@claude-optimizer/server/statusline';

// A program of its own: the client calls it after each message, and what the other commands need
// takes longer to load than all of this takes to run.
const flag = process.argv.indexOf('--data-dir');
const named = flag === -1 ? undefined : process.argv[flag + 1];
const home = process.env['CLAUDE_OPTIMIZER_HOME'];
const dataDir = named ?? (home === '' ? undefined : home);
const colors = (process.env['NO_COLOR'] ?? '') === '';

function input(): string {
  try {
    return process.stdin.isTTY ? '' : readFileSync(0, 'utf8');
  } catch {
    return '';
  }
}

process.stdout.write(`${await lineFor(input(), { dataDir, now: Date.now(), colors })}\n`);
