import fs from 'node:fs';
import path from 'node:path';
import { Replay } from '@claude-optimizer/core/replay';
import type { SessionEvent } from '@claude-optimizer/protocol';
import type { Browser, Page } from 'playwright-core';
import { fetchAllEvents, fetchDetail } from '../tests/support/api.js';
import { startDaemon } from '../tests/support/daemon.js';
import { say, Transcript, use, uuidOf } from '../tests/support/transcript.js';
import { chance } from '../tests/indexing/chance.js';
import type { Figure } from './figures.js';
import { spreadOf, type Spread } from './statistics.js';
import type { Undo } from './undo.js';

const EVENTS = 5_000;
const STEPS = 120;
const STEP_MS = 16;
const PART = `replay, ${String(EVENTS)} events`;

/** How long a step takes in a replay: made anew from the events, and drawn by the page. */
export async function measureReplay(browser: Browser | null, undo: Undo): Promise<Figure[]> {
  const claudeDir = undo.folder('replay');
  const id = writeLong(claudeDir);
  const daemon = await startDaemon({ claudeDir, dataDir: undo.folder('replay-data') }, undo.defer);
  await daemon.ready();
  const detail = await fetchDetail(daemon.url, id);
  if (detail === null) throw new Error('the long session was not read');
  const events = await fetchAllEvents(daemon.url, id);
  const figures = foldFigures(id, events, detail.slotMs);
  if (browser)
    figures.push(...(await drawFigures(browser, `${daemon.url}/sessions/${id}`, events)));
  await daemon.stop();
  return figures;
}

/** The session's events up to a moment, as the page makes them: back, on, and anywhere. */
function foldFigures(id: string, events: SessionEvent[], slotMs: number): Figure[] {
  const replay = new Replay(id, slotMs);
  replay.use(events);
  const { oneOf } = chance(5);
  const all = events.map((_, index) => index + 1);
  const timed = (counts: readonly number[]): Spread => {
    const times = counts.map((count) => {
      const began = performance.now();
      replay.after(count, 0);
      return performance.now() - began;
    });
    return spreadOf(times);
  };
  const began = performance.now();
  replay.after(events.length, 0);
  const first = performance.now() - began;
  const figuresOf = (what: string, { p95, max }: Spread): Figure[] => [
    { part: PART, what: `${what}, p95`, value: p95, unit: 'ms', target: STEP_MS },
    { part: PART, what: `${what}, max`, value: max, unit: 'ms' },
  ];
  return [
    { part: PART, what: 'folding all of it, once', value: first, unit: 'ms' },
    ...figuresOf('a step back', timed(all.toReversed())),
    ...figuresOf('a step on', timed(all)),
    ...figuresOf('a jump anywhere', timed(Array.from({ length: 2_000 }, () => oneOf(all)))),
    { part: PART, what: 'checkpoints kept', value: replay.checkpoints, unit: 'count', target: 64 },
  ];
}

/** Steps by key until the page has been painted with them. */
async function drawFigures(
  browser: Browser,
  url: string,
  events: SessionEvent[],
): Promise<Figure[]> {
  const middle = events[Math.floor(events.length / 2)];
  const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${url}?seq=${String(middle?.seq ?? 0)}`);
  await page.getByRole('slider', { name: 'Moment of the session' }).waitFor();
  await page.getByText('The past:').waitFor();
  const figures: Figure[] = [];
  for (const [what, key] of [
    ['back', 'ArrowLeft'],
    ['on', 'ArrowRight'],
  ] as const) {
    const { work, frames } = await stepTimes(page, key);
    figures.push(
      {
        ...{ part: PART, what: `a step ${what} by key: work of the page, median` },
        ...{ value: spreadOf(work).p50, unit: 'ms', target: STEP_MS },
      },
      { part: PART, what: `… p95`, value: spreadOf(work).p95, unit: 'ms' },
      { part: PART, what: `… until its frame, median`, value: spreadOf(frames).p50, unit: 'ms' },
    );
  }
  await context.close();
  return figures;
}

/** In the page: how long its script works for a step, and how long until the frame with it. */
function stepTimes(page: Page, key: string): Promise<{ work: number[]; frames: number[] }> {
  return page.evaluate(
    async ([pressed, steps]) => {
      const work: number[] = [];
      const frames: number[] = [];
      const slider = document.querySelector<HTMLInputElement>('input[type=range]');
      for (let step = 0; step < steps; step += 1) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        await new Promise(requestAnimationFrame);
        const before = slider?.value;
        const began = performance.now();
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true }),
        );
        // React draws what a key asks for before the next one can come.
        await Promise.resolve();
        work.push(performance.now() - began);
        if (slider?.value === before) throw new Error('the step was not drawn at once');
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
        frames.push(performance.now() - began);
      }
      return { work, frames };
    },
    [key, STEPS] as const,
  );
}

/** A session of at least so many events: prompts, answers, tools, edits, objectives, errors. */
function writeLong(claudeDir: string): string {
  const luck = chance(9);
  const id = uuidOf(luck.hex);
  const transcript = new Transcript({ sessionId: id, at: Date.now() - 86_400_000, hex: luck.hex });
  const folder = path.join(claudeDir, 'projects', '-home-dev-shop');
  const parts: string[] = [];
  for (let round = 0; round * 4 < EVENTS; round += 1) {
    if (round % 12 === 0) parts.push(transcript.later(60_000).prompt(`Do part ${String(round)}`));
    parts.push(oneRound(transcript, luck.hex, round));
  }
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${id}.jsonl`), parts.join(''));
  return id;
}

function oneRound(transcript: Transcript, hex: (length: number) => string, round: number): string {
  const tool = `toolu_01${hex(22)}`;
  const file = `/home/dev/shop/src/part-${String(round % 300)}.ts`;
  const isEdit = round % 3 === 0;
  const usage = { input: 9, output: 300 + (round % 700), cacheRead: 40_000, write5m: 900 };
  const input = isEdit
    ? { file_path: file, old_string: 'a', new_string: 'b' }
    : { command: 'npm t' };
  const edit = { filePath: file, structuredPatch: [{ lines: ['-a', '+b'] }] };
  const failed = { toolUseResult: 'Error: Exit code 1' };
  return (
    transcript.later(4_000).reply({
      usage,
      blocks: [say(`Part ${String(round)} is next.`), use(tool, isEdit ? 'Edit' : 'Bash', input)],
    }) +
    transcript
      .later(1_500)
      .result(tool, 'ok', isEdit ? { toolUseResult: edit } : round % 20 === 1 ? failed : {})
  );
}
