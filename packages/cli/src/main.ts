import { createProgram } from './program.js';
import { runProgram } from './run-program.js';

runProgram(createProgram());
