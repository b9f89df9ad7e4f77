import { fstatSync, readFileSync, writeSync } from 'node:fs';
import { lineFor } from '@claude-optimizer/server/statusline';

// A program of its own: the client calls it after each message, and what the other commands need
// takes longer to load than all of this takes to run. Node's streams would, too: so it reads and
// writes without them.

function dataDir(): string | undefined {
  const [flag = '', next] = process.argv.slice(3);
  const named = flag.includes('=') ? flag.slice(flag.indexOf('=') + 1) : next;
  // Not `??`: an empty one says nothing.
  return named || process.env['CLAUDE_OPTIMIZER_HOME'] || undefined;
}

function input(): string {
  try {
    // A terminal, where somebody tries it out, or nothing at all.
    return fstatSync(0).isCharacterDevice() ? '' : readFileSync(0, 'utf8');
  } catch {
    return '';
  }
}

function print(line: string): void {
  try {
    writeSync(1, `${line}\n`);
  } catch {
    // Nobody reads any more: the client has moved on.
  }
}

const colors = (process.env['NO_COLOR'] ?? '') === '';
void lineFor(input(), { dataDir: dataDir(), now: Date.now(), colors }).then(print);
