import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { skipWithoutClaude } from '../claude/play.js';
import { undoAfter } from '../support/cleanup.js';
import { bash, prepareByHand, text } from './hand-session.js';

const defer = undoAfter('each');
const CALLS = 20;
const ROUNDS = 3;
const MOST_MS_A_CALL = 50;

const WAYS = ['no hooks', 'no daemon', 'a daemon'] as const;
type Way = (typeof WAYS)[number];
const turns = [...Array.from({ length: CALLS }, () => [bash('true')]), [text('All done.')]];

/** How long the real client takes for the calls, in ms. */
async function took(way: Way): Promise<number> {
  const hand = await prepareByHand({ turns }, defer);
  if (way === 'no hooks') fs.rmSync(path.join(hand.client.home, '.claude', 'settings.json'));
  if (way !== 'a daemon') await hand.daemon.stop('SIGKILL');
  const began = performance.now();
  const { exitCode, stderr, result } = await hand.run().ended;
  const ms = performance.now() - began;
  const said = result?.result;
  expect({ exitCode, stderr, said }).toEqual({ exitCode: 0, stderr: '', said: 'All done.' });
  return ms;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** A measurement: on a machine that does other things besides, it says nothing. */
const isMeasured = process.env.MEASURE_HOOKS !== undefined;

describe.skipIf(skipWithoutClaude || !isMeasured)(
  'a call of the real client with our hooks',
  () => {
    it('takes hardly longer than without them, whether a daemon answers or not', async () => {
      // The first run reads the program from the disk.
      await took('no hooks');
      const more: Record<'no daemon' | 'a daemon', number[]> = { 'no daemon': [], 'a daemon': [] };
      for (let round = 0; round < ROUNDS; round += 1) {
        // In turns, so that a machine that gets busier favours none.
        const order = round % 2 === 0 ? WAYS : WAYS.toReversed();
        const ms = new Map<Way, number>();
        for (const way of order) ms.set(way, await took(way));
        const without = ms.get('no hooks') ?? NaN;
        for (const way of ['no daemon', 'a daemon'] as const) {
          more[way].push(((ms.get(way) ?? NaN) - without) / CALLS);
        }
      }
      for (const [way, values] of Object.entries(more)) {
        const shown = values.map((ms) => ms.toFixed(1)).join(', ');
        console.log(`with ${way}, a call takes longer by ${shown} ms`);
        expect(median(values)).toBeLessThan(MOST_MS_A_CALL);
      }
    });
  },
);
