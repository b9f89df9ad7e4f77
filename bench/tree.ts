import fs from 'node:fs';
import path from 'node:path';
import { chance, type Chance } from '../tests/indexing/chance.js';
import { say, Transcript, use, uuidOf } from '../tests/support/transcript.js';

const DAY = 86_400_000;
const DAYS = 90;
const PROJECTS = 40;
const MODELS = ['claude-sonnet-5-5', 'claude-opus-5-5', 'claude-haiku-4-5-20251001'] as const;
const TOOLS = ['Bash', 'Read', 'Edit', 'Grep', 'Write'] as const;
const WORDS =
  'const await return import export value session token usage cache request stream "quoted" => { } ( ) ; // note 0x1f 3.14 null é 漢字 <div> $HOME \\n\t'.split(
    ' ',
  );

/**
 * Writes `sessions` sessions of together about `megabytes` into `claudeDir`: sizes far apart as in
 * life, subagents in a quarter of them, each file as old as its last line. Returns the bytes.
 */
export function writeTree(
  claudeDir: string,
  { sessions, megabytes }: { sessions: number; megabytes: number },
  seed = 2,
): number {
  const luck = chance(seed);
  const text = textPool(luck);
  const weights = Array.from({ length: sessions }, () => Math.exp(luck.between(-200, 250) / 100));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let bytes = 0;
  for (const weight of weights) {
    const size = Math.max(4_000, (weight / total) * megabytes * 1_000_000);
    bytes += writeSession(claudeDir, luck, text, size);
  }
  return bytes;
}

type Text = (length: number) => string;

function textPool({ oneOf, between }: Chance): Text {
  const words = Array.from({ length: 200_000 }, () => oneOf(WORDS));
  const pool = words.join(' ');
  return (length) => {
    const from = between(0, pool.length - length - 1);
    return pool.slice(from, from + length);
  };
}

function writeSession(claudeDir: string, luck: Chance, text: Text, size: number): number {
  const cwd = `/home/dev/code/project-${String(luck.between(1, PROJECTS))}`;
  const sessionId = uuidOf(luck.hex);
  const start = Date.now() - DAY - luck.between(0, (DAYS - 1) * 24) * 3_600_000;
  const main = new Transcript({ sessionId, cwd, at: start, hex: luck.hex });
  const folder = path.join(claudeDir, 'projects', cwd.replaceAll(/[^a-zA-Z0-9]/gu, '-'));
  const agentSize = luck.when(0.25) ? size * 0.3 : 0;
  let bytes = save(path.join(folder, `${sessionId}.jsonl`), main, luck, text, size - agentSize);
  if (agentSize === 0) return bytes;
  const agentId = `a${luck.hex(16)}`;
  const agent = new Transcript({ sessionId, cwd, agentId, at: start + 60_000, hex: luck.hex });
  const file = path.join(folder, sessionId, 'subagents', `agent-${agentId}.jsonl`);
  bytes += save(file, agent, luck, text, agentSize);
  return bytes;
}

function save(
  file: string,
  transcript: Transcript,
  luck: Chance,
  text: Text,
  size: number,
): number {
  const model = luck.oneOf(MODELS);
  const parts: string[] = [];
  let length = 0;
  let turn = 0;
  while (length < size) {
    if (turn % 6 === 0) parts.push(transcript.later(40_000).prompt(text(luck.between(40, 400))));
    parts.push(round(transcript, luck, text, model));
    length += parts.at(-1)?.length ?? 0;
    turn += 1;
  }
  const content = parts.join('');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
  fs.utimesSync(file, transcript.at / 1_000, transcript.at / 1_000);
  return Buffer.byteLength(content);
}

/** A response that uses a tool, and the tool's result. */
function round(transcript: Transcript, luck: Chance, text: Text, model: string): string {
  const id = `toolu_01${luck.hex(22)}`;
  const context = luck.between(9_000, 150_000);
  const usage = {
    input: luck.between(1, 12),
    output: luck.between(40, 2_000),
    cacheRead: context,
    write5m: luck.when(0.5) ? luck.between(100, 6_000) : 0,
    write1h: luck.when(0.5) ? luck.between(100, 6_000) : 0,
  };
  const input = { command: text(60), file_path: '/home/dev/code/file.ts', description: text(30) };
  const response = transcript.later(luck.between(2_000, 12_000)).reply({
    model,
    usage,
    growing: luck.when(0.3),
    blocks: [say(text(luck.between(60, 600))), use(id, luck.oneOf(TOOLS), input)],
  });
  const output = text(Math.round(Math.exp(luck.between(600, 1_000) / 100)));
  const result = transcript.later(luck.between(100, 6_000)).result(id, output, {
    toolUseResult: { stdout: output, stderr: '', interrupted: false },
  });
  return response + result;
}
