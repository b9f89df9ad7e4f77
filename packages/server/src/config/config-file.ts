import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { OptimizerError } from '@claude-optimizer/protocol';
import { CONFIG_FILE } from './data-dir.js';
import { jsonFault } from './json-fault.js';

export function configFileIn(dataDir: string): string {
  return path.join(dataDir, CONFIG_FILE);
}

/** The person's configuration as it stands in the file; `{}` where there is none. Throws `config_invalid`. */
export function readConfigFile(dataDir: string): Readonly<Record<string, unknown>> {
  const file = configFileIn(dataDir);
  if (!existsSync(file)) return {};
  const text = readFileSync(file, 'utf8');
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) {
      return content as Record<string, unknown>;
    }
  } catch (cause) {
    throw unreadable(file, jsonFault(text, cause), cause);
  }
  throw unreadable(file, 'it holds no object');
}

function unreadable(file: string, why: string, cause?: unknown): OptimizerError {
  return new OptimizerError('config_invalid', `${file} can't be read: ${why}.`, {
    fix: 'Correct it by hand; nothing was changed.',
    ...(cause !== undefined && { cause }),
  });
}
