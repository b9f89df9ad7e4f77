import type { Rates } from '@claude-optimizer/core';
import { OptimizerError } from '@claude-optimizer/protocol';
import * as z from 'zod';
import { configFileIn, readConfigFile } from './config-file.js';

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
  const parsed = configSchema.safeParse(readConfigFile(dataDir));
  if (parsed.success) return parsed.data.prices;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new OptimizerError(
    'config_invalid',
    `${configFileIn(dataDir)}: ${where}: ${issue?.message ?? ''}`,
    {
      fix: 'A price is {"input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h"} in USD per million tokens, and "webSearch" in USD each.',
    },
  );
}
