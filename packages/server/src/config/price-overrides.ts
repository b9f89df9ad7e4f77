import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Rates } from '@claude-optimizer/core';
import { OptimizerError } from '@claude-optimizer/protocol';
import * as z from 'zod';

/** In the data folder: what the person has set. */
const FILE = 'config.json';

const price = z.number().min(0);
const ratesSchema = z.strictObject({
  input: price,
  output: price,
  cacheRead: price,
  cacheWrite5m: price,
  cacheWrite1h: price,
  webSearch: price.default(0.01),
});
const configSchema = z.looseObject({ prices: z.record(z.string(), ratesSchema).default({}) });

/**
 * The person's own prices by model (USD per million tokens; `webSearch`: USD each), of
 * `config.json`; none where there is no such file. Throws `config_invalid`, saying where.
 */
export function readPriceOverrides(dataDir: string): Record<string, Rates> {
  const file = path.join(dataDir, FILE);
  if (!existsSync(file)) return {};
  const parsed = configSchema.safeParse(contentOf(file));
  if (parsed.success) return parsed.data.prices;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new OptimizerError('config_invalid', `${file}: ${where}: ${issue?.message ?? ''}`, {
    fix: 'A price is {"input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h"} in USD per million tokens, and "webSearch" in USD each.',
  });
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new OptimizerError('config_invalid', `${file} can't be read: ${why}.`, {
      fix: 'Correct it by hand; nothing was changed.',
      cause,
    });
  }
}
