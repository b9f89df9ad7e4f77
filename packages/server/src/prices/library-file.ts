import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { ListedProvider } from '@claude-optimizer/core';
import * as z from 'zod';
import { PRICES_FILE } from '../config/data-dir.js';
import { writeWhole } from '../config/write-whole.js';

const amount = z.number().min(0).max(1_000_000);
const tier = z.object({ start: z.int().min(0), price: amount });
const tiered = z.object({ base: amount, tiers: z.array(tier).max(20) });
const modelPrice = z.record(z.string(), z.union([amount, tiered]));
const name = z.string().min(1).max(200);
const startDate = z.object({ type: z.literal('start_date'), start_date: z.iso.date() });
const conditional = z.object({ constraint: startDate.exactOptional(), prices: modelPrice });
/** A name with a date behind it: any other pattern from elsewhere could take any time to match. */
const pattern = z.string().regex(/^\^?[\w.-]{1,100}(?:\\d\{\d{1,2}\})?\$?$/u);
type Match =
  | { equals: string }
  | { regex: string }
  | { starts_with: string }
  | { ends_with: string }
  | { contains: string }
  | { or: Match[] }
  | { and: Match[] };
const match: z.ZodType<Match> = z.lazy(() =>
  z.union([
    z.object({ equals: name }),
    z.object({ regex: pattern }),
    z.object({ starts_with: name }),
    z.object({ ends_with: name }),
    z.object({ contains: name }),
    z.object({ or: z.array(match).min(1).max(50) }),
    z.object({ and: z.array(match).min(1).max(50) }),
  ]),
);
const model = z.object({
  id: name,
  match,
  context_window: z.int().positive().exactOptional(),
  prices: z.union([modelPrice, z.array(conditional).min(1).max(50)]),
});
/** Claude's models as the library's data lists them; what else it says isn't kept. */
export const listedSchema = z.object({
  id: z.literal('anthropic'),
  name: z.string(),
  api_pattern: z.string(),
  models: z.array(model).min(1).max(1_000),
});
const fileSchema = z.object({
  source: z.string(),
  /** Epoch ms. */
  fetchedAt: z.int(),
  etag: z.string().nullable(),
  provider: listedSchema,
});

/** The library's data with where and when it was had. */
export type LibraryFile = Omit<z.infer<typeof fileSchema>, 'provider'> & {
  provider: ListedProvider;
};

/** What was last asked for; null where nothing was, or `problem` where it can't be used. */
export function readLibraryFile(dataDir: string): {
  kept: LibraryFile | null;
  problem: string | null;
} {
  const file = path.join(dataDir, PRICES_FILE);
  if (!existsSync(file)) return { kept: null, problem: null };
  try {
    const parsed = fileSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return { kept: parsed.data, problem: null };
    const [issue] = parsed.error.issues;
    return {
      kept: null,
      problem: `${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    };
  } catch (error) {
    return {
      kept: null,
      problem: `${file}: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** Keeps it in one step. */
export function writeLibraryFile(dataDir: string, kept: LibraryFile): void {
  writeWhole(path.join(dataDir, PRICES_FILE), `${JSON.stringify(kept)}\n`);
}

/** Back to what came with us; false where it was so already. */
export function removeLibraryFile(dataDir: string): boolean {
  const file = path.join(dataDir, PRICES_FILE);
  if (!existsSync(file)) return false;
  rmSync(file);
  return true;
}
