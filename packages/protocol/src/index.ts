export * from './error.js';
export * from './event.js';
export * from './money.js';
export * from './report.js';
export * from './rest.js';
export * from './session.js';
export * from './socket.js';
export * from './usage.js';
