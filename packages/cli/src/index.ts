export { doctor } from './commands/doctor.js';
export { start } from './commands/start.js';
export { createProgram } from './program.js';
