import { isDeepStrictEqual } from 'node:util';
import { scanUsage } from '@claude-optimizer/server';
import type { Store } from '@claude-optimizer/store';
import { Reading } from '../../packages/server/src/transcripts/reading.fixture.js';
import { chance, type Chance } from '../indexing/chance.js';
import { Transcript, uuidOf } from '../support/transcript.js';
import { damaged } from './damage.js';
import { GOOD_MODEL, goodLine, lineToDamage, type GoodSums } from './good-lines.js';
import { isBad } from './verdict.js';

const LINES_PER_FILE = 1_000;
const LF = Buffer.from('\n');

/** What a run went through. */
export type Fuzzed = { damaged: number; untouched: number; bad: number; bytes: number };

/**
 * Writes files of `lines` damaged lines with untouched ones between, from a seed, and reads them as
 * the daemon does: files, reader, one writer, store. Returns what is wrong with what it then says.
 */
export async function fuzz(seed: number, lines: number): Promise<Fuzzed & { problems: string[] }> {
  const luck = chance(seed);
  const reading = await Reading.open();
  const sums: GoodSums = [0, 0, 0, 0, 0, 0];
  const fuzzed = { damaged: 0, untouched: 0, bad: 0, bytes: 0 };
  const badPlaces = new Set<string>();
  try {
    for (let left = lines; left > 0; left -= LINES_PER_FILE) {
      const sessionId = uuidOf(luck.hex);
      const file = `projects/-home-dev-shop/${sessionId}.jsonl`;
      const content = fileOf(luck, sessionId, Math.min(left, LINES_PER_FILE), sums);
      reading.write(file, content);
      for (const byte of badBytes(content)) badPlaces.add(`${sessionId}.jsonl:${String(byte)}`);
      await reading.read(file);
      fuzzed.bytes += content.length;
    }
    Object.assign(fuzzed, { damaged: lines, untouched: sums[5], bad: badPlaces.size });
    const problems = [
      ...(await sumProblems('store', reading.store, sums)),
      ...(await sumProblems('scan', await scanUsage({ claudeDirs: [reading.folder] }), sums)),
      ...(await placeProblems(reading.store, badPlaces)),
      ...(await foldProblems(reading)),
    ];
    return { ...fuzzed, problems };
  } finally {
    await reading.close();
  }
}

function fileOf(luck: Chance, sessionId: string, lines: number, sums: GoodSums): Buffer {
  const transcript = new Transcript({ sessionId, at: Date.UTC(2026, 4, 1), hex: luck.hex });
  const parts: Buffer[] = [];
  for (let line = 0; line < lines; line += 1) {
    const whole = Buffer.from(lineToDamage(transcript, luck).trimEnd());
    const other = Buffer.from(lineToDamage(transcript, luck).trimEnd());
    const bad = damaged(whole, luck, other);
    // A whole record before what is bad isn't lost, one of its own line never.
    const glued = luck.when(0.1) ? goodLine(transcript, luck, sums).trimEnd() : '';
    parts.push(Buffer.from(glued), bad, LF);
    if (luck.when(0.5)) parts.push(Buffer.from(goodLine(transcript, luck, sums)));
  }
  return Buffer.concat(parts);
}

function* badBytes(content: Buffer): Generator<number> {
  for (let start = 0; start < content.length;) {
    const end = content.indexOf(LF, start);
    if (isBad(content.toString('utf8', start, end))) yield start;
    start = end + 1;
  }
}

async function sumProblems(
  who: string,
  source: Pick<Store, 'usageSums'>,
  wanted: GoodSums,
): Promise<string[]> {
  const periods = [{ from: 0, to: Date.UTC(2100, 0, 1), offsetMs: 0 }];
  const rows = await source.usageSums({ periods, by: ['model'], model: GOOD_MODEL });
  const found = rows.map((sum) => [
    ...[sum.inputTokens, sum.outputTokens, sum.cacheWrite5mTokens, sum.cacheWrite1hTokens],
    ...[sum.cacheReadTokens, sum.messages],
  ]);
  const [is, should] = [JSON.stringify(found), JSON.stringify([wanted])];
  return is === should ? [] : [`${who}: untouched responses sum up to ${is}, not ${should}`];
}

async function placeProblems(store: Store, wanted: ReadonlySet<string>): Promise<string[]> {
  const { lines, total } = await store.malformed(wanted.size + 1_000);
  const found = new Set(
    lines.map(({ file, byteOffset }) => `${file.replace(/^.*[\\/]/u, '')}:${String(byteOffset)}`),
  );
  return [
    ...(total === lines.length ? [] : [`${String(total)} bad lines, ${String(lines.length)} told`]),
    ...[...wanted].filter((place) => !found.has(place)).map((place) => `not reported: ${place}`),
    ...[...found].filter((place) => !wanted.has(place)).map((place) => `reported: ${place}`),
  ];
}

async function foldProblems(reading: Reading): Promise<string[]> {
  const problems: string[] = [];
  for (const [id, folded] of reading.folded()) {
    const stored = await reading.session(id);
    // Through JSON, as the store keeps it.
    const kept: unknown = JSON.parse(JSON.stringify(folded));
    if (!isDeepStrictEqual(stored, kept)) problems.push(`${id}: folds to another state`);
  }
  return problems;
}
