import { createProgram } from './program.js';
import { explain } from './explain.js';

function fail(error: unknown): never {
  process.stderr.write(explain(error));
  process.exit(1);
}

// What nobody caught: said clearly, and never half alive afterwards.
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

createProgram().parseAsync().catch(fail);
