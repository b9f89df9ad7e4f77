export type { Config } from './config/config.js';
export { readConfig } from './config/read-config.js';
export { createLog, type Log } from './log.js';
export { start, STORE_FILE, type Running } from './start.js';
export { VERSION } from './version.js';
