import fs from 'node:fs';
import path from 'node:path';
import { type Counted } from '../../tests/truth/count.js';
import { child, count, recordsOf, text, type Json } from '../../tests/truth/records.js';
import { responsesOf, type Told } from '../../tests/truth/responses.js';

/** Input, output, cache writes, cache reads. */
export type Four = [number, number, number, number];

/** Why ccusage 20 counts otherwise, as found by feeding it single lines. */
export const CAUSES = [
  'lines without requestId are counted each',
  'lines whose JSON has spaces are skipped',
  'lines whose time has microseconds are skipped',
  'lines of several records are skipped',
  'cache writes of the last iteration only',
] as const;
export type Cause = (typeof CAUSES)[number];
type Effects = Partial<Record<Cause, Four>>;

/** One line's telling of a response, and why ccusage passes over it, if it does. */
type Line = { raw: string; skipped: Cause | null; told: Four; split: number; keyed: boolean };

/** By how much each cause changes ccusage's sums, by model. */
export function ccusageView(claudeDir: string, counted: readonly Counted[]): Map<string, Effects> {
  const lines = linesByResponse(path.join(claudeDir, 'projects'));
  const effects = new Map<string, Effects>();
  for (const { key, model, tokens } of counted) {
    const of = effects.get(model) ?? {};
    effects.set(model, of);
    const [input, output, five, hour, read] = tokens;
    effectsOf(of, lines.get(key) ?? [], [input, output, five + hour, read]);
  }
  return effects;
}

function effectsOf(effects: Effects, lines: readonly Line[], ours: Four): void {
  const [first] = lines;
  const seen = lines.filter(({ skipped }) => skipped === null);
  const counted = first?.keyed === false ? distinct(seen) : best(seen);
  const theirs = counted.reduce<Four>((sum, { told }) => plus(sum, told, 1), [0, 0, 0, 0]);
  const hidden = seen.length === 0 ? (first?.skipped ?? null) : CAUSES[0];
  if (hidden !== null) add(effects, hidden, plus(theirs, ours, -1));
  const split = counted.reduce((sum, line) => sum + line.split, 0);
  add(effects, 'cache writes of the last iteration only', [0, 0, split, 0]);
}

function best(lines: readonly Line[]): Line[] {
  return lines.length === 0 ? [] : [lines.reduce((a, b) => (b.told[1] > a.told[1] ? b : a))];
}

function distinct(lines: readonly Line[]): Line[] {
  return [...new Map(lines.map((line) => [line.raw, line])).values()];
}

function linesByResponse(root: string): Map<string, Line[]> {
  const found = new Map<string, Line[]>();
  for (const name of fs.readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.jsonl')) continue;
    for (const raw of fs.readFileSync(path.join(root, name), 'utf8').split('\n')) {
      const records = recordsOf(raw);
      for (const record of records) {
        for (const [index, told] of responsesOf(record, 0, name).entries()) {
          const line = lineOf(raw, record, told, { glued: records.length > 1, own: index === 0 });
          found.set(told.key, [...(found.get(told.key) ?? []), line]);
        }
      }
    }
  }
  return found;
}

function lineOf(
  raw: string,
  record: Json,
  { tokens: [input, output, five, hour, read] }: Told,
  { glued, own }: { glued: boolean; own: boolean },
): Line {
  const usage = child(child(record, 'message'), 'usage');
  const split = own ? child(usage, 'cache_creation') : undefined;
  const lastOnly =
    count(split, 'ephemeral_5m_input_tokens') + count(split, 'ephemeral_1h_input_tokens');
  return {
    raw,
    skipped: whySkipped(raw, record, glued),
    told: [input, output, five + hour, read],
    split: split ? lastOnly - five - hour : 0,
    keyed: record['type'] !== 'assistant' || text(record, 'requestId') !== undefined,
  };
}

function whySkipped(raw: string, record: Json, glued: boolean): Cause | null {
  if (glued) return 'lines of several records are skipped';
  if (!raw.includes('"usage":{')) return 'lines whose JSON has spaces are skipped';
  const hasMicroseconds = /\.\d{4,}Z$/u.test(text(record, 'timestamp') ?? '');
  return hasMicroseconds ? 'lines whose time has microseconds are skipped' : null;
}

function plus(a: Four, b: Four, sign: 1 | -1): Four {
  return [a[0] + sign * b[0], a[1] + sign * b[1], a[2] + sign * b[2], a[3] + sign * b[3]];
}

function add(effects: Effects, cause: Cause, effect: Four): void {
  effects[cause] = plus(effects[cause] ?? [0, 0, 0, 0], effect, 1);
}
