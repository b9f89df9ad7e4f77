export { nextFreePort } from '../http/free-port.js';
export { createLog, type Log } from '../log.js';
export { start, type Running } from '../start.js';
export { claimDaemon } from './claim-daemon.js';
