import { exportDocumentSchema } from '@claude-optimizer/protocol';
import * as z from 'zod';

/** The shape of an export as JSON, as JSON Schema (2020-12). */
export function exportJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(exportDocumentSchema, { target: 'draft-2020-12' });
  return { $schema, title: 'An export of Claude Code Optimizer', ...schema };
}
