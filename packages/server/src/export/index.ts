export { exportJsonSchema } from './export-schema.js';
export type { ExportOrigin } from './export-source.js';
export { openExport, type OpenExport } from './open-export.js';
export { storedOrigin } from './stored-origin.js';
