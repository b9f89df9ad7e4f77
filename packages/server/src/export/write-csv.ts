import {
  csvRecord,
  responseTable,
  sessionTable,
  toolCallTable,
  type Table,
} from '@claude-optimizer/core/export';
import type { ExportPart } from '@claude-optimizer/protocol';
import type { Exported } from './exported.js';

/** The wanted rows as CSV, record by record. */
export function writeCsv(exported: Exported, what: ExportPart): AsyncGenerator<string> {
  switch (what) {
    case 'sessions':
      return records(sessionTable, exported.heads());
    case 'usage':
      return records(responseTable, exported.responses());
    case 'tools':
      return records(toolCallTable, exported.toolCalls());
  }
}

async function* records<T>({ header, fields }: Table<T>, rows: AsyncIterable<T>) {
  yield csvRecord(header);
  for await (const row of rows) yield csvRecord(fields(row));
}
