import { parentPort, workerData } from 'node:worker_threads';
import { setListedPrices, setPriceOverrides, type GivenPrices } from '@claude-optimizer/core';
import { buffersOf, bytesOf, type SessionLoad } from '@claude-optimizer/store/load';
import { yieldToOthers } from '../priority.js';
import { loadSession, type NewSession } from './load-session.js';

/** To the worker: read a session, or go on after a load was written. */
export type LoadRequest =
  { type: 'session'; session: NewSession } | { type: 'taken'; bytes: number };

/** From the worker: a load, or a session's end; `error` says why it was given up. */
export type LoadAnswer =
  | { type: 'load'; load: SessionLoad }
  | { type: 'done'; sessionId: string; whole: boolean; error: string | null };

/** On their way at most: memory stays bounded when the writer is slower than the readers. */
const MOST_BYTES = 3_000_000;

if (parentPort) {
  // Of the past: whoever waits for something, a page being opened above all, goes first.
  yieldToOthers();
  serve(parentPort);
}

function serve(port: NonNullable<typeof parentPort>): void {
  const prices = workerData as GivenPrices;
  setPriceOverrides(prices.overrides);
  setListedPrices(prices.listed);
  const queue: NewSession[] = [];
  let current: { sessionId: string; loads: ReturnType<typeof loadSession> } | null = null;
  let underway = 0;

  port.on('message', (request: LoadRequest) => {
    if (request.type === 'taken') underway -= request.bytes;
    else queue.push(request.session);
    advance();
  });

  function advance(): void {
    while (underway < MOST_BYTES) {
      const next = current ? undefined : queue.shift();
      if (next) current = { sessionId: next.sessionId, loads: loadSession(next) };
      if (!current) return;
      step(current.sessionId, current.loads);
    }
  }

  function step(sessionId: string, loads: ReturnType<typeof loadSession>): void {
    try {
      const next = loads.next();
      if (!next.done && next.value !== null) {
        underway += bytesOf(next.value);
        answer({ type: 'load', load: next.value }, buffersOf(next.value));
        return;
      }
      answer({ type: 'done', sessionId, whole: next.done === true, error: null });
    } catch (error) {
      answer({ type: 'done', sessionId, whole: false, error: String(error) });
    }
    current = null;
  }

  function answer(message: LoadAnswer, buffers: ArrayBuffer[] = []): void {
    port.postMessage(message, buffers);
  }
}
