export { findInWorker } from './find-in-worker.js';
