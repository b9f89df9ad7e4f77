import type { Command } from 'commander';
import { explain } from './explain.js';

/** Runs what was said on the command line; what goes wrong is said, and ends the process with 1. */
export function runProgram(program: Command): void {
  // What nobody caught: said clearly, and never half alive afterwards.
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  program.parseAsync().catch(fail);
}

function fail(error: unknown): never {
  process.stderr.write(explain(error));
  process.exit(1);
}
