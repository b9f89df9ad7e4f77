export type { Config } from './config.js';
export { readConfig } from './read-config.js';
export type { Flags } from './setting.js';
