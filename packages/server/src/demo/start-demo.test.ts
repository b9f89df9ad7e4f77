import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDemo, type DemoOptions, type DemoPlayer } from './start-demo.js';

const START = Date.UTC(2026, 10, 23, 15, 0, 0);
const MINUTE = 60_000;

let dir: string;
/** Added to the fake clock, to let an hour pass at once. */
let skew: number;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'demo-'));
  skew = 0;
  vi.useFakeTimers({ now: START, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});

afterEach(async () => {
  vi.useRealTimers();
  await rm(dir, { recursive: true, force: true });
});

function start(options: Partial<DemoOptions> = {}): DemoPlayer {
  return startDemo({ dir, speed: 4, seed: 5, now: () => Date.now() + skew, ...options });
}

function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Lets the demo play for so many ms; the clock stands still while it writes. */
async function play(ms: number): Promise<void> {
  const until = Date.now() + ms;
  while (Date.now() < until) {
    await vi.advanceTimersByTimeAsync(Math.min(50, until - Date.now()));
    for (let turns = 0; vi.getTimerCount() === 0 && turns < 5_000; turns += 1) {
      await turnOfTheLoop();
    }
  }
}

async function transcripts(folder = dir): Promise<Map<string, string>> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.endsWith('.jsonl')).sort();
  const texts = files.map(
    async (name) => [name, await readFile(join(folder, name), 'utf8')] as const,
  );
  return new Map(await Promise.all(texts));
}

function mainFiles(files: Map<string, string>): string[] {
  return [...files.keys()].filter((name) => !name.includes('subagents'));
}

describe('the demo', () => {
  it('has a past at once: sessions that are over, dated as if they had been there', async () => {
    const demo = start();
    await demo.ready;
    await demo.stop();
    const files = await transcripts();
    const over = [...files].filter(([, text]) => text.includes('"type":"cost-state"'));
    expect(over.length).toBe(9);
    for (const [name] of over) {
      const { mtimeMs } = await stat(join(dir, name));
      expect(mtimeMs).toBeLessThan(START);
    }
  });

  it('writes what is live with the moment of writing, and goes on where the past ends', async () => {
    const demo = start();
    await demo.ready;
    const before = await transcripts();
    await play(MINUTE / 2);
    await demo.stop();
    const after = await transcripts();
    expect(mainFiles(after).length).toBeGreaterThan(mainFiles(before).length);
    let grown = 0;
    for (const [name, text] of after) {
      const added = text.slice(before.get(name)?.length ?? 0);
      expect(text.startsWith(before.get(name) ?? '')).toBe(true);
      if (added === '') continue;
      grown += 1;
      const times = [...added.matchAll(/"timestamp":"([^"]+)"/g)].map(([, at]) =>
        Date.parse(at ?? ''),
      );
      expect(Math.min(...times)).toBeGreaterThanOrEqual(START);
      expect(Math.max(...times)).toBeLessThanOrEqual(START + MINUTE / 2);
    }
    expect(grown).toBeGreaterThan(4);
  });

  it('lives faster when told to', async () => {
    const demo = start({ speed: 1 });
    await demo.ready;
    await play(10_000);
    const slow = mainFiles(await transcripts()).length;
    demo.setSpeed(16);
    await play(5_000);
    const fast = mainFiles(await transcripts()).length;
    await demo.stop();
    // 80 more seconds of life: returns page, import and release notes have begun.
    expect(fast - slow).toBe(3);
  });

  it('says the budget of a session that was under way after the start', async () => {
    const budgets: [string, number][] = [];
    const demo = start({ onBudget: (id, microdollars) => budgets.push([id, microdollars]) });
    await demo.ready;
    expect(budgets).toEqual([]);
    await play(2_100);
    await demo.stop();
    expect(budgets.map(([, microdollars]) => microdollars)).toEqual([2_400_000]);
    expect(mainFiles(await transcripts()).join()).toContain(budgets[0]?.[0]);
  });

  it('begins a new round with fresh ids when everything has ended', async () => {
    const demo = start({ speed: 16 });
    await demo.ready;
    await play(40_000);
    await demo.stop();
    const files = await transcripts();
    const giftCards = [...files].filter(([, text]) => text.includes('"Add gift cards'));
    expect(giftCards).toHaveLength(2);
    expect(new Set(mainFiles(files)).size).toBe(mainFiles(files).length);
  });

  it('begins no new round after an hour', async () => {
    const demo = start();
    await demo.ready;
    skew = 61 * MINUTE;
    await play(2_000);
    const everySession = (files: Map<string, string>): boolean =>
      [...files.values()].filter((text) => text.includes('"type":"cost-state"')).length === 9 + 7;
    while (!everySession(await transcripts())) await turnOfTheLoop();
    for (let turns = 0; turns < 100; turns += 1) await turnOfTheLoop();
    expect(vi.getTimerCount()).toBe(0);
    await demo.stop();
  });

  it('leaves no timer and writes nothing after it was stopped', async () => {
    const abort = new AbortController();
    const demo = start({ signal: abort.signal });
    await demo.ready;
    await play(3_000);
    abort.abort();
    await demo.stop();
    expect(vi.getTimerCount()).toBe(0);
    const before = await transcripts();
    demo.setSpeed(16);
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(await transcripts()).toEqual(before);
  });

  it('plays the same for the same seed and clock', async () => {
    const other = await mkdtemp(join(tmpdir(), 'demo-'));
    const first = start();
    await first.ready;
    await play(4_000);
    await first.stop();
    vi.setSystemTime(START);
    const second = start({ dir: other });
    await second.ready;
    await play(4_000);
    await second.stop();
    expect(await transcripts(other)).toEqual(await transcripts());
    await rm(other, { recursive: true });
  });

  it('says what failed when its folder cannot be written, and stops', async () => {
    const errors: unknown[] = [];
    const demo = start({ dir: '/dev/null/demo', onError: (error) => errors.push(error) });
    await demo.ready;
    expect(errors).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
    await demo.stop();
  });
});
