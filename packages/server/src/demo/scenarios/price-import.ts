import {
  exit,
  failure,
  pause,
  prompt,
  respond,
  retry,
  say,
  think,
  type Scenario,
} from '../script.js';
import { bash, bashFails, edit, read, write } from '../tools.js';

const project = '/home/robin/code/juniper-api';
const at = (path: string): string => `${project}/${path}`;

/** The API is overloaded: first a request gets through on the third try, then none does. */
export const priceImport: Scenario = {
  name: 'price-import',
  title: 'Import supplier price lists',
  project,
  branch: 'feat/price-import',
  model: 'claude-haiku-4-5-20251001',
  cache: '5m',
  entrypoint: 'cli',
  permissionMode: 'acceptEdits',
  steps: [
    prompt(
      'Import the price lists of our three suppliers every night. The formats are in samples/.',
    ),
    respond(
      think(520, 'Look at the samples.'),
      say('I look at the three formats first.'),
      bash(
        'head -4 samples/*',
        '==> samples/flora.csv <==\nart;bezeichnung;ek\n1004;Monstera 30;12,90\n\n==> samples/potters.xlsx <==\n(binary)\n\n==> samples/soil.json <==\n{"items":[{"sku":"S-30","net":4.2}]}',
        1,
      ),
      read(at('src/suppliers/registry.ts'), 88),
      read(at('samples/flora.csv'), 2_900),
      read(at('samples/soil.json'), 3_400),
    ),
    retry(1, 6, 600),
    retry(2, 6, 1_150),
    respond(
      think(880, 'One parser per format, one row type.'),
      say('One row type and a parser for each format.'),
      write(
        at('src/suppliers/price-row.ts'),
        'export type PriceRow = { sku: string; name: string; netCents: number };\n',
      ),
      write(
        at('src/suppliers/parse-csv.ts'),
        'export function parseFlora(text: string): PriceRow[] {\n  return rows(text, ";").map(([sku, name, net]) => ({ sku, name, netCents: cents(net) }));\n}\n',
      ),
    ),
    respond(bash('npx vitest run src/suppliers', ' Tests  7 passed (7)', 8)),
    retry(1, 6, 580),
    retry(2, 6, 1_090),
    retry(3, 6, 2_260),
    retry(4, 6, 4_480),
    retry(5, 6, 9_100),
    retry(6, 6, 17_800),
    failure(),
    pause(35),
    exit(),
  ],
};

/** The same work taken up in a new session, its progress marked in words. */
export const priceImportAgain: Scenario = {
  name: 'price-import-again',
  title: 'Finish the price import',
  project,
  branch: 'feat/price-import',
  model: 'claude-haiku-4-5-20251001',
  cache: '5m',
  entrypoint: 'cli',
  permissionMode: 'acceptEdits',
  steps: [
    prompt(
      'The last session broke off with API errors. Go on with the price import from what is on the branch.',
    ),
    respond(
      say('I see what is there.'),
      bash(
        'git status --short && git log --oneline -3',
        '?? src/suppliers/parse-csv.ts\n?? src/suppliers/price-row.ts\n51d0c9e Charge an order once',
        1,
      ),
      read(at('src/suppliers/parse-csv.ts'), 34),
      read(at('samples/soil.json'), 3_400),
      read(at('samples/potters.csv'), 2_600),
    ),
    respond(
      think(960, 'CSV is done. XLSX and JSON are left, then the nightly run.'),
      say('✓ Completed: CSV parser\n\nXLSX, JSON and the nightly run are left.'),
      write(
        at('src/suppliers/parse-json.ts'),
        'export function parseSoil(text: string): PriceRow[] {\n  return soilSchema.parse(JSON.parse(text)).items.map(({ sku, net }) => ({ sku, name: sku, netCents: Math.round(net * 100) }));\n}\n',
      ),
    ),
    respond(bash('npx vitest run src/suppliers', ' Tests  12 passed (12)', 9)),
    respond(
      think(1_240, 'XLSX: the library that the invoices already use.'),
      say('✓ Completed: JSON parser'),
      write(
        at('src/suppliers/parse-xlsx.ts'),
        'export async function parsePotters(bytes: Uint8Array): Promise<PriceRow[]> {\n  const sheet = await firstSheet(bytes);\n  return sheet.rows.slice(1).map(([sku, name, net]) => ({ sku, name, netCents: cents(net) }));\n}\n',
      ),
    ),
    respond(
      bashFails(
        'npx vitest run src/suppliers',
        'expected 1290 to be 129000\n Tests  1 failed | 15 passed (16)',
        10,
      ),
    ),
    respond(
      think(640, 'The sheet gives numbers, not text with a comma.'),
      edit(
        at('src/suppliers/parse-xlsx.ts'),
        3,
        'netCents: cents(net)',
        'netCents: Math.round(Number(net) * 100)',
      ),
    ),
    respond(bash('npx vitest run src/suppliers', ' Tests  16 passed (16)', 10)),
    respond(
      say('✓ Completed: XLSX parser'),
      edit(
        at('src/schedule.ts'),
        27,
        '  nightly(cleanCarts),',
        '  nightly(cleanCarts),\n  nightly(importPrices),',
      ),
      bash(
        'npm run import:prices -- --dry-run',
        'flora 412 rows, potters 1 208 rows, soil 96 rows; 57 prices change',
        16,
      ),
    ),
    respond(
      say(
        '✓ Completed: nightly run\n\nAll three suppliers are imported every night; the dry run would change 57 prices.',
      ),
    ),
    pause(20),
    exit(),
  ],
};
