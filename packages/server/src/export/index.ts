export { exportJsonSchema } from './export-schema.js';
export type { ExportOrigin } from './export-source.js';
export { countExported, openExport, type OpenExport } from './open-export.js';
export { storedOrigin } from './stored-origin.js';
