import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { archiveSettingsSchema } from '@claude-optimizer/protocol';
import { openArchiveReader } from '@claude-optimizer/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArchiveDesk } from './archive-desk.js';
import { MEMBER_BYTES } from './frame.js';
import type { About } from './frame-file.js';
import { indexFile, partFile, refOf } from './places.js';
import { FoundTranscripts } from './raw-transcripts.js';

const HOUR = 3_600_000;
const settings = archiveSettingsSchema.parse({});
let root = '';
let folder = '';
let desk: ArchiveDesk;
let clock = 0;
const ends: (() => void)[] = [];

beforeEach(async () => {
  root = fs.mkdtempSync(path.join(tmpdir(), 'archive-'));
  folder = path.join(root, 'archive');
  clock = Date.now();
  desk = await opened();
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  fs.rmSync(root, { recursive: true, force: true });
});

async function opened() {
  const desk = await ArchiveDesk.open(folder, settings, () => clock);
  ends.push(() => {
    desk.close();
  });
  return desk;
}

function transcript(name = 'one', sessionId = name): About {
  const file = path.join(root, `${name}.jsonl`);
  return { path: file, root, sessionId, role: 'main', agentId: null };
}

function keep(about: About, by = desk): number | null {
  const steps = by.keep(about);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Lines that compress as text does. */
function lines(bytes: number): string {
  let text = '';
  while (text.length < bytes) text += `{"text":"${randomBytes(30).toString('hex')}"}\n`;
  return text;
}

function reading() {
  const index = openArchiveReader(indexFile(folder));
  ends.push(() => index?.close());
  const raw = new FoundTranscripts({
    folder,
    index: () => index,
    known: () => Promise.resolve([]),
    forget: (id) => {
      desk.forget(id);
      return Promise.resolve();
    },
  });
  return { index, raw };
}

/** What is kept of a transcript that is gone. */
async function keptOf(about: About): Promise<string> {
  fs.rmSync(about.path, { force: true });
  const { raw } = reading();
  const [file] = await raw.files(about.sessionId);
  expect(file).toMatchObject({ kept: 'archive', ref: refOf(about.path) });
  return (await raw.read(refOf(about.path), 0, file?.bytes ?? 0)).toString();
}

describe('what is kept', () => {
  it('equals the transcript, however it grew, when that is gone', async () => {
    const one = transcript();
    const text = lines(3 * MEMBER_BYTES);
    for (const end of [0.0001, 0.0003, 0.3, 0.35, 0.7, 1]) {
      fs.writeFileSync(one.path, text.slice(0, text.length * end));
      keep(one);
    }
    clock += HOUR;
    expect(keep(one)).toBeNull();
    expect((await keptOf(one)) === text).toBe(true);
  });

  it('is read at any place', async () => {
    const one = transcript();
    const text = lines(2.5 * MEMBER_BYTES);
    fs.writeFileSync(one.path, text);
    keep(one);
    fs.rmSync(one.path);
    const { raw } = reading();
    for (const [from, to] of [
      [0, 1],
      [MEMBER_BYTES - 3, MEMBER_BYTES + 5],
      [10, 2 * MEMBER_BYTES + 10],
      [text.length - 4, text.length + 100],
      [text.length + 5, text.length + 9],
    ] as const) {
      expect((await raw.read(refOf(one.path), from, to)).toString()).toBe(text.slice(from, to));
    }
  });

  it('waits for the end of a line, unless none comes', async () => {
    const one = transcript();
    fs.writeFileSync(one.path, '{"a":1}\n{"b"');
    expect(keep(one)).toBe(10_000);
    const { index } = reading();
    expect(index?.current(one.path)?.rawBytes).toBe(8);
    clock += 11_000;
    keep(one);
    expect(await keptOf(one)).toBe('{"a":1}\n{"b"');
  });

  it('is packed together once the transcript rests', () => {
    const one = transcript();
    let text = '';
    for (let n = 0; n < 50; n += 1) {
      text += lines(500);
      fs.writeFileSync(one.path, text);
      keep(one);
    }
    const { index } = reading();
    const before = index?.current(one.path);
    expect(before).toMatchObject({ sealedBytes: 0, rawBytes: text.length });
    clock += HOUR;
    keep(one);
    const after = index?.current(one.path);
    expect(after).toMatchObject({ tailBytes: 0, rawBytes: text.length });
    expect(after?.sealedBytes).toBeLessThan((before?.tailBytes ?? 0) * 0.9);
    expect(index?.members(after?.id ?? 0)).toHaveLength(1);
  });
});

describe('a transcript that is no longer the same', () => {
  it.each([
    ['cut', (text: string) => text.slice(0, 2_000)],
    ['replaced by a longer one', () => lines(9_000)],
    ['changed within, at the same length', (text: string) => `x${text.slice(1)}`],
  ])('begins another generation when %s, and keeps the old one', async (_how, change) => {
    const one = transcript();
    const text = lines(5_000);
    fs.writeFileSync(one.path, text);
    keep(one);
    const next = change(text);
    fs.writeFileSync(one.path, next);
    fs.utimesSync(one.path, new Date(), new Date(Date.now() + 5_000));
    keep(one);
    const { index, raw } = reading();
    const generations = index?.byRef(refOf(one.path)) ?? [];
    expect(generations.map((file) => [file.generation, file.superseded])).toEqual([
      [2, false],
      [1, true],
    ]);
    const [, old] = generations;
    if (old) expect((await raw.readKept(old, 0, text.length))?.toString()).toBe(text);
    clock += HOUR;
    keep(one);
    expect(await keptOf(one)).toBe(next);
  });

  it('goes on where it was moved back whole', () => {
    const one = transcript();
    fs.writeFileSync(one.path, lines(5_000));
    keep(one);
    fs.copyFileSync(one.path, `${one.path}.copy`);
    fs.renameSync(`${one.path}.copy`, one.path);
    fs.appendFileSync(one.path, lines(100));
    keep(one);
    expect(reading().index?.byRef(refOf(one.path))).toHaveLength(1);
  });
});

describe('after a crash', () => {
  it.each(['sealed', 'tail'] as const)(
    'takes in a whole %s member that the index missed',
    async (part) => {
      const one = transcript();
      fs.writeFileSync(one.path, lines(2_000));
      if (part === 'sealed') clock += HOUR;
      keep(one);
      desk.close();
      const behind = fs.readFileSync(indexFile(folder));
      desk = await opened();
      fs.appendFileSync(one.path, lines(2_000));
      if (part === 'sealed') clock += 2 * HOUR;
      keep(one);
      const text = fs.readFileSync(one.path, 'utf8');
      fs.rmSync(one.path);
      desk.close();
      fs.writeFileSync(indexFile(folder), behind);
      desk = await opened();
      expect(await keptOf(one)).toBe(text);
    },
  );

  it('reads again what was cut off in the middle of a member', async () => {
    const one = transcript();
    fs.writeFileSync(one.path, lines(2_000));
    keep(one);
    fs.appendFileSync(one.path, lines(2_000));
    keep(one);
    const text = fs.readFileSync(one.path, 'utf8');
    desk.close();
    const part = partFile(folder, { ref: refOf(one.path), generation: 1 }, 'tail');
    fs.truncateSync(part, fs.statSync(part).size - 10);
    desk = await opened();
    keep(one);
    expect(await keptOf(one)).toBe(text);
  });

  it('makes the index anew from the kept files', async () => {
    const one = transcript();
    const text = lines(MEMBER_BYTES + 2_000);
    fs.writeFileSync(one.path, text);
    keep(one);
    desk.close();
    for (const name of fs.readdirSync(folder).filter((name) => name.startsWith('index.db'))) {
      fs.rmSync(path.join(folder, name));
    }
    desk = await opened();
    expect((await keptOf(one)) === text).toBe(true);
  });
});
